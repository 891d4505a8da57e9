/** An id for a state made of its name; links and actions show it. */
export const freeStateId = (name: string, taken: readonly string[]): string => {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60)
  const start = plain === '' ? 'state' : plain
  if (!taken.includes(start)) return start
  let number = 2
  while (taken.includes(`${start}_${number}`)) number += 1
  return `${start}_${number}`
}
