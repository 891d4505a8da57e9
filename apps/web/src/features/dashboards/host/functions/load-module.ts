import { sandboxLimits } from './protocol.ts'

const prefix = 'tb-resource;'

/** Path of a library module by its link in a file; null for anything but a module of this platform. */
export const modulePath = (link: string): string | null => {
  const path = link.startsWith(prefix) ? link.slice(prefix.length) : link
  // Of a fixed form, so that it can neither leave this origin nor name another resource.
  return /^\/api\/resource\/js_module\/(?:tenant|system)\/[\w.%-]+$/.test(path) && !path.includes('..') ? path : null
}

/** Text of a library module. */
export const loadModule = async (link: string): Promise<string> => {
  const path = modulePath(link)
  if (!path) throw new Error(`Not a library module of this platform: ${link.slice(0, 200)}`)
  const response = await fetch(path, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The library module ${path} cannot be read (${response.status})`)
  const text = await response.text()
  if (text.length > sandboxLimits.characters) throw new Error(`The library module ${path} is too large`)
  return text
}
