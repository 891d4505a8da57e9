/** What keys ask for. */
export const commands = [
  'add',
  'connect',
  'labels',
  'note',
  'group',
  'bypass',
  'nest',
  'remove',
  'duplicate',
  'copy',
  'cut',
  'paste',
  'undo',
  'redo',
  'selectAll',
  'escape',
  'open',
  'openChain',
  'menu',
  'fit',
  'fitSelection',
  'zoomIn',
  'zoomOut',
  'arrange',
  'find',
  'help',
] as const
export type Command = (typeof commands)[number]

export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }

/** `mod` is Ctrl, or ⌘ on a Mac. `anywhere`: also while the focus is outside the canvas, but not in a field. */
type Binding = { key: string; mod?: true; shift?: true; alt?: true; anywhere?: true }

const bindings: Record<Command, readonly Binding[]> = {
  add: [{ key: 'a' }, { key: '/' }],
  connect: [{ key: 'c' }],
  labels: [{ key: 'l' }],
  note: [{ key: 'n' }],
  group: [{ key: 'g', mod: true }],
  bypass: [{ key: 'e' }],
  nest: [{ key: 'n', shift: true }],
  remove: [{ key: 'Delete' }, { key: 'Backspace' }],
  duplicate: [{ key: 'd', mod: true }],
  // These three come as events of the clipboard, which need no leave of the browser.
  copy: [],
  cut: [],
  paste: [],
  undo: [{ key: 'z', mod: true, anywhere: true }],
  redo: [
    { key: 'z', mod: true, shift: true, anywhere: true },
    { key: 'y', mod: true, anywhere: true },
  ],
  selectAll: [{ key: 'a', mod: true }],
  escape: [{ key: 'Escape' }],
  open: [{ key: 'Enter' }, { key: 'F2' }],
  openChain: [{ key: 'Enter', mod: true }],
  menu: [{ key: 'ContextMenu' }, { key: 'F10', shift: true }],
  fit: [{ key: '1' }],
  fitSelection: [{ key: '2' }],
  zoomIn: [{ key: '+' }, { key: '=' }],
  zoomOut: [{ key: '-' }],
  arrange: [{ key: 'l', shift: true }],
  find: [{ key: 'f', mod: true, anywhere: true }],
  help: [{ key: '?' }],
}

/** Keys that are characters already say whether Shift is down. */
const isSign = (key: string) => key.length === 1 && key.toLowerCase() === key.toUpperCase()

const matches = (binding: Binding, press: KeyPress) =>
  binding.key.toLowerCase() === press.key.toLowerCase() &&
  (press.ctrlKey || press.metaKey) === (binding.mod === true) &&
  press.altKey === (binding.alt === true) &&
  (isSign(binding.key) || press.shiftKey === (binding.shift === true))

/** The command of a key press, and whether it holds outside the canvas, too. */
export const commandOf = (press: KeyPress): { command: Command; anywhere: boolean } | null => {
  for (const command of commands)
    for (const binding of bindings[command])
      if (matches(binding, press)) return { command, anywhere: binding.anywhere === true }
  return null
}

const arrows: Record<string, { x: number; y: number; direction: 'left' | 'right' | 'up' | 'down' }> = {
  ArrowLeft: { x: -1, y: 0, direction: 'left' },
  ArrowRight: { x: 1, y: 0, direction: 'right' },
  ArrowUp: { x: 0, y: -1, direction: 'up' },
  ArrowDown: { x: 0, y: 1, direction: 'down' },
}
export const arrowOf = (key: string) => arrows[key]

const signs: Record<string, string> = { Delete: 'Del', Escape: 'Esc', ContextMenu: 'Menu', Enter: '↵', Backspace: '⌫' }

/** How a key is written on the sheet: ['Ctrl', 'Shift', 'Z']. */
const written = ({ key, mod, shift, alt }: Binding, isMac: boolean): string[] => [
  ...(mod ? [isMac ? '⌘' : 'Ctrl'] : []),
  ...(alt ? [isMac ? '⌥' : 'Alt'] : []),
  ...(shift ? [isMac ? '⇧' : 'Shift'] : []),
  signs[key] ?? (key.length === 1 ? key.toUpperCase() : key),
]

const clipboardKeys: Partial<Record<Command, string>> = { copy: 'c', cut: 'x', paste: 'v' }

/** All ways to ask for a command with keys, for people. */
export const keysOf = (command: Command, isMac: boolean): string[][] => {
  const own = clipboardKeys[command]
  return (own ? [{ key: own, mod: true as const }] : bindings[command]).map((binding) => written(binding, isMac))
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
