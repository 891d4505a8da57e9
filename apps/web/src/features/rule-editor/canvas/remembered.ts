import { Cell } from './cell.ts'

/** A choice of the person that this browser keeps. */
export const rememberedCell = (name: string, usual: boolean): Cell<boolean> => {
  const key = `thingwire.rule-editor.${name}`
  const cell = new Cell(usual)
  try {
    const stored = window.localStorage.getItem(key)
    if (stored !== null) cell.set(stored === 'on')
  } catch {
    return cell
  }
  cell.subscribe(() => {
    try {
      window.localStorage.setItem(key, cell.get() ? 'on' : 'off')
    } catch {
      // It is as usual next time.
    }
  })
  return cell
}
