/** Stands in for zod in the browser's bundle. Screens read an endpoint's method and path and the choices of an enum; shapes
 *  are checked by the server alone, so the checking library (17 kB) stays there. */
const deaf: unknown = new Proxy(() => {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : deaf),
  apply: () => deaf,
})

export const z = new Proxy(
  {},
  {
    get: (_, key) => (key === 'enum' ? (options: readonly string[]) => withOptions(options) : deaf),
  },
)

/** An enum keeps its choices; anything else asked of it is as hollow as the rest. */
const withOptions = (options: readonly string[]) =>
  new Proxy({ options }, { get: (shape, key) => (key === 'options' ? shape.options : deaf) })
