import { FlaskConical, Plus, SquareTerminal, Upload } from "lucide-react";
import { Button } from "../ui/button";
import { FilePicker } from "./file-picker";

export interface AddActions {
  onAdd: () => void;
  /** `null` when there was no run to make a test of. */
  onAddLast: (() => void) | null;
  onFiles: (files: readonly File[]) => void;
}

/** Invites to add the first test case. */
export function NoTests({ onAdd, onAddLast, onFiles }: AddActions) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <FlaskConical aria-hidden="true" strokeWidth={1.5} className="size-8 text-faint" />
      <div className="max-w-sm space-y-1">
        <p className="font-medium text-lg">No tests yet</p>
        <p className="text-base text-muted">
          A test is an input and the output that you expect. All tests run after one compile, and each says
          whether it passed.
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={onAdd} className="max-sm:h-11">
          <Plus aria-hidden="true" />
          Add a test
        </Button>
        {onAddLast ? (
          <Button onClick={onAddLast} className="max-sm:h-11">
            <SquareTerminal aria-hidden="true" />
            Make a test of the last run
          </Button>
        ) : null}
        <FilePicker onFiles={onFiles}>
          {(open) => (
            <Button onClick={open} className="max-sm:h-11">
              <Upload aria-hidden="true" />
              Import
            </Button>
          )}
        </FilePicker>
      </div>
      <p className="max-w-sm text-faint text-sm">
        Or drop files here: a zip, a JSON file, or pairs such as <span className="font-mono">1.in</span> and{" "}
        <span className="font-mono">1.out</span>.
      </p>
    </div>
  );
}
