import createDOMPurify, { type Config, type WindowLike } from 'dompurify'
import { flexLayoutStyle } from './flex-layout.ts'

/**
 * Markup of files and values of devices, made harmless. Nothing that runs, loads from elsewhere, sends or takes typing is
 * left; what is shown stands in a shadow tree, so that its ids, names and styles are its own.
 */
const config: Config = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true },
  // Forms could ask for passwords in the console's name; media and frames would load.
  FORBID_TAGS: [
    'form',
    'input',
    'textarea',
    'select',
    'option',
    'optgroup',
    'datalist',
    'fieldset',
    'label',
    'output',
    'style',
    'link',
    'meta',
    'base',
    'iframe',
    'frame',
    'frameset',
    'object',
    'embed',
    'applet',
    'portal',
    'audio',
    'video',
    'source',
    'track',
    'picture',
    'dialog',
    'template',
    'slot',
    'math',
    'foreignobject',
    'image',
    'feimage',
    'use',
    'animate',
    'set',
  ],
  FORBID_ATTR: [
    'srcset',
    'ping',
    'autofocus',
    'formaction',
    'action',
    'background',
    'poster',
    'is',
    'popover',
    'popovertarget',
    'part',
    'exportparts',
    'slot',
    'accesskey',
  ],
  // Names of icons by a font that is not here would be read as text.
  ADD_FORBID_CONTENTS: ['tb-icon', 'ng-template'],
  // Elements of templates that are boxes only: nothing here is behind them, and styles of files name them.
  CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^mat-[a-z-]{1,40}$/, attributeNameCheck: /^vertical$/ },
  // In a shadow tree no id or name can stand in the way of the document's own.
  SANITIZE_DOM: false,
  ALLOW_DATA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  // Asked of every attribute, so it only tells schemes apart; links are looked at again below.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  RETURN_DOM_FRAGMENT: true,
}

/** Whether a value of a style may stay: it loads nothing, and hides nothing in escapes. */
export const isSafeStyleValue = (value: string): boolean =>
  !/[\\@]|url\s*\(|image(?:-set)?\s*\(|cross-fade\s*\(|element\s*\(|paint\s*\(|src\s*\(|expression|javascript:|behaviou?r|-moz-binding/i.test(
    value,
  )

/** `/api/images/…` behind the prefix that files put before it. */
export const imageAddress = (source: string): string | null => {
  const plain = source.replace(/^tb-image;/, '')
  if (/^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon)[;,]/i.test(plain)) return plain
  return /^\/api\/images\/[\w./%-]+$/.test(plain) && !plain.includes('..') ? plain : null
}

/** What a link leads to, if it may lead there. */
export const linkTarget = (href: string): 'inside' | 'outside' | null => {
  if (/^#/.test(href)) return 'inside'
  if (/^(?:https?:|mailto:|tel:)/i.test(href)) return 'outside'
  return /^\/(?![/\\])/.test(href) && !/[\t\n\r]/.test(href) ? 'inside' : null
}

/** `width` of the window, px: templates have layouts by it. */
export type Sanitize = (markup: string, width?: number) => DocumentFragment

const usualWidth = 1_440

const mayStay = (element: string, name: string, value: string): boolean => {
  if (name === 'style') return isSafeStyleValue(value)
  if (name === 'src') return imageAddress(value) !== null
  if ((name === 'href' || name === 'xlink:href') && element !== 'a') return /^#[\w-]+$/.test(value)
  // Filters, masks and fills of drawings may name another document, which would be loaded.
  return !/url\s*\(/i.test(value) || textual.has(name) || /^\s*url\(\s*["']?#[\w-]+["']?\s*\)\s*$/i.test(value)
}
const textual = new Set(['alt', 'title', 'aria-label'])

const directionOf = (element: Element | null): string =>
  element && 'style' in element ? (element as HTMLElement).style.flexDirection : ''

/** @param window of the browser, or of a test */
export const createSanitizer = (window: WindowLike): Sanitize => {
  const purifier = createDOMPurify(window)
  let windowWidth = usualWidth
  purifier.addHook('beforeSanitizeAttributes', (node) => {
    // Texts and comments come by here, too.
    if (!('getAttribute' in node)) return
    const source = node.getAttribute('src')
    const address = source === null ? null : imageAddress(source)
    if (address) node.setAttribute('src', address)
    const layout = flexLayoutStyle((name) => node.getAttribute(name), directionOf(node.parentElement), windowWidth)
    if (layout !== '') node.setAttribute('style', `${layout};${node.getAttribute('style') ?? ''}`)
  })
  purifier.addHook('uponSanitizeElement', (node, { tagName }) => {
    // The name of an icon that is not drawn would be read as text.
    if (tagName === 'mat-icon' && 'classList' in node && !/\bnamed-icon-\d/.test(String(node.classList)))
      node.textContent = ''
  })
  purifier.addHook('uponSanitizeAttribute', (node, attribute) => {
    const { attrName, attrValue } = attribute
    if (!mayStay(node.nodeName.toLowerCase(), attrName, attrValue)) attribute.keepAttr = false
  })
  purifier.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName.toLowerCase() !== 'a') return
    for (const name of ['href', 'xlink:href']) {
      const href = node.getAttribute(name)
      if (href === null) continue
      const target = linkTarget(href)
      if (target === null) node.removeAttribute(name)
      else if (target === 'outside') {
        node.setAttribute('target', '_blank')
        node.setAttribute('rel', 'noopener noreferrer nofollow')
      } else node.removeAttribute('target')
    }
  })
  return (markup, width = usualWidth) => {
    windowWidth = width
    return purifier.sanitize(markup, { ...config, RETURN_DOM_FRAGMENT: true })
  }
}
