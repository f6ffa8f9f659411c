import { AlignLeft, CircleAlert, FlaskConical, FolderOutput, TextCursorInput } from "lucide-react";
import type { ComponentProps } from "react";
import { OutputPane } from "../output/output-pane";
import { problemsBadge } from "../problems/problems-badge";
import { ProblemsPanel } from "../problems/problems-panel";
import { testsBadge } from "../tests/tests-badge";
import { TestsPanel } from "../tests/tests-panel";
import { Spinner } from "../ui/spinner";
import { artifactsOf, FilesPanel, filesBadge } from "./files-panel";
import { InputPanel, inputBadge } from "./input-panel";
import type { PanelSpec } from "./panels";

interface WorkspacePanels {
  /** A run is active. */
  active: boolean;
  output: ComponentProps<typeof OutputPane>;
  tests: ComponentProps<typeof TestsPanel>;
  input: ComponentProps<typeof InputPanel>;
  problems: ComponentProps<typeof ProblemsPanel>;
}

/** The panels of a program, in the order of their tabs. */
export function workspacePanels({ active, output, tests, input, problems }: WorkspacePanels): PanelSpec[] {
  const artifacts = artifactsOf(output.run);
  return [
    {
      ...{ id: "output", name: "Output", icon: AlignLeft, quiet: false },
      badge: active ? { mark: <Spinner className="size-3.5" />, label: "running", tone: "accent" } : null,
      content: <OutputPane {...output} />,
    },
    {
      ...{ id: "tests", name: "Tests", icon: FlaskConical, quiet: tests.tests.length === 0 },
      badge: testsBadge(tests.results),
      content: <TestsPanel {...tests} />,
    },
    {
      ...{ id: "input", name: "Input", icon: TextCursorInput, quiet: false },
      badge: inputBadge(input.stdin, input.args),
      content: <InputPanel {...input} />,
    },
    {
      ...{ id: "problems", name: "Problems", icon: CircleAlert, quiet: problems.problems.length === 0 },
      badge: problemsBadge(problems.problems),
      content: <ProblemsPanel {...problems} />,
    },
    {
      ...{ id: "files", name: "Files", icon: FolderOutput, quiet: artifacts.length === 0 },
      badge: filesBadge(artifacts.length),
      content: <FilesPanel artifacts={artifacts} />,
    },
  ];
}
