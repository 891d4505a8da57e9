/*
 * The function of this file also becomes text and runs in the sandbox (sandbox-program.ts): it may use only its parameters and what it
 * declares itself.
 */

/**
 * Whole numbers as signs that a pipe carries in a byte each and that take a third of the time of JSON. Two more than the number, six bits a sign, the
 * lowest first, and 64 more in all but the last.
 * @param numbers From -2 to 2^30
 */
export const marksOf = (numbers: readonly number[]): string => {
  let text = ''
  let codes: number[] = []
  for (let index = 0; index < numbers.length; index++) {
    let rest = (numbers[index] ?? 0) + 2
    while (rest > 63) {
      codes.push(64 + (rest & 63))
      rest >>= 6
    }
    codes.push(rest)
    // A call takes only so many parameters.
    if (codes.length < 4_000) continue
    text += String.fromCharCode(...codes)
    codes = []
  }
  return text + String.fromCharCode(...codes)
}
