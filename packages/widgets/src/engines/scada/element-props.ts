import type { CSSProperties, SVGProps } from 'react'

const camel = (name: string): string => name.replaceAll(/[-:]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** What may be `paint:…` in a drawing. */
const painted = new Set(['fill', 'stroke', 'stop-color', 'flood-color'])

export type ElementProps = SVGProps<SVGElement> & { style: CSSProperties }

/** React's props of a cleaned element. `paint` makes a colour of a name. */
export const elementProps = (
  attributes: Readonly<Record<string, string>>,
  paint: (name: string) => string,
): ElementProps => {
  const props: Record<string, unknown> = {}
  const style: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'tb:tag') continue
    if (name === 'style') {
      for (const one of value.split(';')) {
        const at = one.indexOf(':')
        if (at > 0) style[camel(one.slice(0, at))] = one.slice(at + 1)
      }
    } else if (painted.has(name) && value.startsWith('paint:')) style[camel(name)] = paint(value)
    else props[camel(name)] = value
  }
  return { ...props, style }
}
