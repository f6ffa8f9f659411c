/**
 * A part of the program that is loaded when it is first asked for, and then never again. Loading that failed, without a network say, is
 * tried again by whoever asks next.
 */
export function onDemand<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
