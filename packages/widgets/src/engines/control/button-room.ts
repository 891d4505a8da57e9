type Size = { width: number; height: number }

const usualPad = 12
/** A button gives up the space around it before it gets lower or narrower than this. */
const least: Size = { width: 48, height: 32 }

/** The space around a button, px, as its file says where there is room for it, and the space that is left to it. */
export const buttonRoom = (size: Size, padding: string): Size & { pad: number } => {
  const own = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(padding)?.[1]
  const wanted = own === undefined ? usualPad : Math.min(Number(own), 48)
  const pad = Math.max(0, Math.min(wanted, (size.width - least.width) / 2, (size.height - least.height) / 2))
  return { pad, width: size.width - 2 * pad, height: size.height - 2 * pad }
}
