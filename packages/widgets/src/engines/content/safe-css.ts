import { isSafeStyleValue } from './sanitize.ts'

/**
 * The style sheet of a file for the shadow tree that its markup stands in. It is parsed by the browser, so that what is
 * looked at is what will count: an import cannot be in it, fonts are taken out, and so is every value that would load.
 */
export const safeStyleSheet = (css: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  clean(sheet, /material (?:icons|symbols)/i.test(css))
  return sheet
}

const shared = new Map<string, CSSStyleSheet>()
const mostShared = 8

/** The same for the same text: a dashboard has many cards with one style. */
export const sharedStyleSheet = (css: string): CSSStyleSheet => {
  const sheet = shared.get(css) ?? safeStyleSheet(css)
  if (shared.size >= mostShared) shared.clear()
  shared.set(css, sheet)
  return sheet
}

const clean = (owner: CSSStyleSheet | CSSGroupingRule, namesIcons: boolean) => {
  for (let at = owner.cssRules.length - 1; at >= 0; at -= 1) {
    const rule = owner.cssRules[at]
    if (rule instanceof CSSStyleRule) {
      cleanStyle(rule.style)
      if (namesIcons && rule.style.content) rule.style.content = iconContent(rule.style.content)
      clean(rule, namesIcons)
    } else if (rule instanceof CSSKeyframesRule) {
      for (const frame of rule.cssRules) if (frame instanceof CSSKeyframeRule) cleanStyle(frame.style)
    } else if (rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule || rule instanceof CSSContainerRule) {
      clean(rule, namesIcons)
    } else owner.deleteRule(at)
  }
}

const signs: Readonly<Record<string, string>> = {
  ...{ check: '✓', done: '✓', check_circle: '✓', close: '✕', clear: '✕', cancel: '✕', add: '+', remove: '−' },
  ...{ warning: '⚠', error: '!', error_outline: '!', info: 'i', arrow_back: '←', arrow_forward: '→' },
  ...{
    arrow_upward: '↑',
    arrow_downward: '↓',
    chevron_right: '›',
    chevron_left: '‹',
    expand_more: '▾',
    expand_less: '▴',
  },
}

/** A font of icons shows a sign for a word. It is not here, so that its words would be read as text. */
export const iconContent = (content: string): string => {
  const word = /^["']([a-z][a-z0-9_]*)["']$/.exec(content.trim())?.[1]
  return word === undefined ? content : `"${Object.hasOwn(signs, word) ? signs[word] : ''}"`
}

const cleanStyle = (style: CSSStyleDeclaration) => {
  for (const name of [...style]) {
    const value = style.getPropertyValue(name)
    // A mark before a text, as in `content: "\201C"`, is written as a character once it is parsed.
    if (!isSafeStyleValue(value)) style.removeProperty(name)
    else if (name === 'font-family' && !hasGeneric.test(value))
      style.setProperty(name, `${value}, ${ownFont}`, style.getPropertyPriority(name))
  }
}

/** Files name the font of the platform that they come from, and nothing for where it is not. */
const hasGeneric = /(?:sans-serif|serif|monospace|cursive|fantasy|system-ui|inherit|initial|unset|revert)\s*$/i
const ownFont = '"Inter Variable", ui-sans-serif, system-ui, sans-serif'
