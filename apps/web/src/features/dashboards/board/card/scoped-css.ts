'use client'
import { useEffect } from 'react'
import { isSafeCssValue } from './safe-style.ts'

const longestCss = 100_000
/** `&` may be followed by what leads to a neighbour. */
const isInside = (selector: string): boolean => !selector.includes('&')

const declarations = (style: CSSStyleDeclaration): string =>
  Array.from(style)
    .filter((property) => property !== 'position' || !/fixed|sticky/.test(style.getPropertyValue(property)))
    .filter((property) => isSafeCssValue(style.getPropertyValue(property)))
    .map((property) => {
      const priority = style.getPropertyPriority(property)
      return `${property}:${style.getPropertyValue(property)}${priority ? `!${priority}` : ''}`
    })
    .join(';')

const rewrite = (rules: CSSRuleList): string =>
  Array.from(rules)
    .map((rule) => {
      if (rule instanceof CSSStyleRule)
        return isInside(rule.selectorText) ? `${rule.selectorText}{${declarations(rule.style)}}` : ''
      return rule instanceof CSSMediaRule ? `@media ${rule.conditionText}{${rewrite(rule.cssRules)}}` : ''
    })
    .join('\n')

/**
 * CSS of a file, limited to what is inside of an element. The browser's own parser reads it in a sheet that is attached
 * to nothing, so nothing is loaded and nothing can end the scope early; only plain rules are written out again.
 */
const scopeCss = (css: string, scope: string): CSSStyleSheet | null => {
  if (css.trim() === '' || css.length > longestCss) return null
  try {
    const read = new CSSStyleSheet()
    read.replaceSync(css)
    const scoped = new CSSStyleSheet()
    scoped.replaceSync(`[data-css-scope="${scope}"]{${rewrite(read.cssRules)}}`)
    return scoped
  } catch {
    // An old browser without such sheets shows the widget without its CSS.
    return null
  }
}

/** Applies the CSS within the element that has that `data-css-scope`, as long as the component stands. */
export const useScopedCss = (css: string | null, scope: string) => {
  useEffect(() => {
    const sheet = css === null ? null : scopeCss(css, scope.replaceAll(/[^\w-]/g, ''))
    if (!sheet) return
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [css, scope])
}
