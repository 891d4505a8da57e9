/** Runs something when what is there now has been painted; the function that it gives calls it off. */
export const afterPaint = (run: () => void): (() => void) => {
  let rest: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    rest = setTimeout(run, 100)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(rest)
  }
}
