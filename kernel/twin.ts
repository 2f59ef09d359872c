/** The type of a catalogue's twin: the same keys, and phrases that take the same facts. */
export type Twin<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...facts: infer F) => string
      ? (...facts: F) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Twin<T[K]>
}
