'use client'
import { createElement, type CSSProperties, type ReactNode, useMemo } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import { imageAddress, linkTarget } from '../content/sanitize.ts'
import type { CellFunctions } from './cell-functions.ts'
import { looksLikeMarkup, plainText, safeStyle } from './safe-style.ts'

/** Of one cell; what comes beyond is left out. */
const mostNodes = 300
const deepest = 16

const plain: ReadonlySet<string> = new Set([
  ...['b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'small', 'sub', 'sup', 'mark', 'code', 'kbd'],
  ...['span', 'div', 'p', 'ul', 'ol', 'li', 'br'],
])
/** Elements whose contents are no text either. */
const silent: ReadonlySet<string> = new Set([
  ...['script', 'style', 'template', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'noscript', 'noembed'],
  ...['svg', 'math', 'title', 'head', 'select', 'textarea', 'audio', 'video', 'canvas', 'portal', 'xmp', 'plaintext'],
])
const iconTags: ReadonlySet<string> = new Set(['mat-icon', 'tb-icon'])
const isIcon = (element: Element): boolean =>
  iconTags.has(element.localName) ||
  /(?:^|\s)(?:material-icons|material-symbols)/.test(element.getAttribute('class') ?? '')

const stylesIn = (text: string | null): CSSProperties | undefined =>
  text === null
    ? undefined
    : safeStyle(
        Object.fromEntries(
          text.split(';').flatMap((part) => {
            const at = part.indexOf(':')
            return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]]
          }),
        ),
      )

const sideOf = (text: string | null): number | undefined => {
  const px = Number.parseInt(text ?? '', 10)
  return px > 0 ? Math.min(px, 200) : undefined
}

type Links = { open: (href: string) => void }

/**
 * Elements of ours for those of the markup: only names, styles and addresses of the lists above get through, so nothing of
 * the markup itself reaches the page.
 */
const nodesOf = (parent: Node, links: Links, budget: { left: number }, depth: number): ReactNode[] =>
  [...parent.childNodes].map((node, index) => {
    budget.left -= 1
    if (budget.left < 0 || depth > deepest) return null
    // Of a form, too, names of its inputs stand in for its members, so it is not looked into.
    if (node instanceof HTMLFormElement) return null
    if (node instanceof Text) return node.data
    return node instanceof Element ? elementOf(node, index, links, budget, depth) : null
  })

const elementOf = (element: Element, key: number, links: Links, budget: { left: number }, depth: number): ReactNode => {
  const { localName } = element
  if (silent.has(localName)) return null
  const style = stylesIn(element.getAttribute('style'))
  const title = element.getAttribute('title') ?? undefined
  if (isIcon(element))
    return (
      <span key={key} className="inline-block align-middle" style={style} title={title}>
        <WidgetIcon name={(element.textContent ?? '').trim()} size={18} />
      </span>
    )
  if (localName === 'img') {
    const address = imageAddress(element.getAttribute('src') ?? '')
    if (address === null) return null
    const [width, height] = [sideOf(element.getAttribute('width')), sideOf(element.getAttribute('height'))]
    return (
      <img
        key={key}
        src={address}
        alt={element.getAttribute('alt') ?? ''}
        {...{ title, width, height }}
        className="inline-block max-h-8 align-middle"
      />
    )
  }
  const children = nodesOf(element, links, budget, depth + 1)
  if (localName === 'a') return <CellLink key={key} {...{ title, style, links, element }} nodes={children} />
  if (localName === 'font')
    return (
      <span key={key} style={safeStyle({ color: element.getAttribute('color') })}>
        {children}
      </span>
    )
  if (localName === 'br') return <br key={key} />
  // What is unknown goes, what stands in it stays.
  return createElement(plain.has(localName) ? localName : 'span', { key, style, title }, ...children)
}

const CellLink = (p: {
  element: Element
  title: string | undefined
  style: CSSProperties | undefined
  links: Links
  nodes: ReactNode[]
}) => {
  const href = p.element.getAttribute('href') ?? ''
  const target = href.startsWith('#') ? null : linkTarget(href)
  if (target === null) return <span style={p.style}>{p.nodes}</span>
  return (
    <a
      href={href}
      title={p.title}
      style={p.style}
      className="text-accent-text underline underline-offset-2"
      {...(target === 'outside' ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {})}
      onClick={(event) => {
        // The row around it has an action of its own.
        event.stopPropagation()
        if (target === 'outside' || event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        p.links.open(href)
      }}
    >
      {p.nodes}
    </a>
  )
}

/** What functions made for that cell; nothing where they have no say. */
export const contentOf = ({ contents }: Pick<CellFunctions, 'contents'>, cell: string): ReactNode => {
  const made = contents.get(cell)
  return made === undefined ? undefined : <CellContent made={made} />
}

/** What a function of the file made for a cell: text, or markup of which bold, colours, links, icons and images are shown. */
const CellContent = ({ made }: { made: string }) => {
  const { links } = useWidgetHost()
  const isMarkup = looksLikeMarkup(made)
  const nodes = useMemo(() => {
    if (!isMarkup) return null
    // Parsed apart from the page: nothing in it runs or loads. A whole document could not be trusted: names in the markup
    // stand in for its own members.
    const apart = document.createElement('template')
    apart.innerHTML = made
    return nodesOf(apart.content, links, { left: mostNodes }, 0)
  }, [made, isMarkup, links])
  if (nodes === null) return plainText(made)
  return <span className="inline-block max-w-full truncate align-middle [contain:layout_paint]">{nodes}</span>
}
