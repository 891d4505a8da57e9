/** The name, with a number behind it where it is taken. */
export const freeName = (name: string, taken: readonly string[]): string => {
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name} ${number}`)) number += 1
  return `${name} ${number}`
}
