/** A frame that takes longer than this is one that the eye misses; shorter than the second it has room to spare. */
const slowMs = 24
const quickMs = 19
/** Longer than this nobody was looking: the page was hidden. */
const absentMs = 500
const remembered = 6
const most = 5

/**
 * Tells by times of frames whether drawing keeps up with the screen. It knows nothing of what draws: a machine without a
 * graphics card, one that is busy and one whose screen is very large are alike.
 */
export class Slowness {
  readonly #times: number[] = []
  isSlow = false

  /** How long a frame took that followed another at once, ms. */
  note(ms: number): void {
    if (!(ms > 0) || ms > absentMs) return
    this.#times.push(ms)
    if (this.#times.length > remembered) this.#times.shift()
    if (this.#times.filter((one) => one > slowMs).length >= most) this.isSlow = true
    else if (this.#times.length === remembered && this.#times.every((one) => one < quickMs)) this.isSlow = false
  }
}
