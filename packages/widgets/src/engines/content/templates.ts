import { withoutTranslations } from '@thingwire/dashboards'
import { consolePath } from './console-place.ts'
import { escapeHtml } from './records.ts'
import { choicesAsTabs, type TemplateFacts, withFacts } from './template-conditions.ts'

const foldingPanels = (markup: string): string =>
  markup
    .replaceAll(/<ng-template\b[^<>]*\bmatExpansionPanelContent\b[^<>]*>([\s\S]*?)<\/ng-template\s*>/gi, '$1')
    .replaceAll(/<(\/?)mat-expansion-panel-header\b/gi, '<$1summary')
    .replaceAll(/<(\/?)mat-expansion-panel\b/gi, '<$1details')
    .replaceAll(/<details\b((?:[^<>"']|"[^"]*"|'[^']*')*?)\s\[?expanded\]?=["']true["']/gi, '<details open$1')

const nothing = new Set(['', '0', 'false', 'null', 'undefined', 'NaN', "''"])

/** Tabs are parts that fold, of which one is open: they need no script. Those whose condition is a false value are left out. */
const tabs = (markup: string): string => {
  let groups = 0
  return markup.replaceAll(/<mat-tab-group\b[^<>]*>([\s\S]*?)<\/mat-tab-group\s*>/gi, (_whole, inside: string) => {
    groups += 1
    let shown = 0
    const parts = inside.replaceAll(
      /<mat-tab\b((?:[^<>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/mat-tab\s*>/gi,
      (_tab, attributes: string, content: string) => {
        const condition = /\*ngIf\s*=\s*"([^"]*)"/i.exec(attributes)?.[1]?.trim()
        if (condition !== undefined && nothing.has(condition)) return ''
        const label = /(?:^|\s)label\s*=\s*"([^"]*)"/i.exec(attributes)?.[1] ?? ''
        shown += 1
        return `<details name="tabs-${groups}"${shown === 1 ? ' open' : ''}><summary>${label}</summary>${content}</details>`
      },
    )
    return `<div class="tabs">${parts}</div>`
  })
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const durationText = (ms: number, locale: string): string => {
  let left = Math.max(0, Math.floor(ms / 1_000))
  const parts = units.flatMap(([unit, seconds]) => {
    const count = Math.floor(left / seconds)
    left -= count * seconds
    const text = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
    return count > 0 || (unit === 'second' && ms < 1_000) ? [text] : []
  })
  return parts.join(' ')
}

/** Of expressions those that say all by themselves: a name of a text, and a duration in ms. */
const expressions = (markup: string, locale: string): string =>
  markup
    .replaceAll(/\{\{\s*(?:'([\w.-]{1,200})'|"([\w.-]{1,200})")\s*\|\s*translate\s*\}\}/g, (_whole, single, double) =>
      withoutTranslations(`{i18n:${single ?? double}}`),
    )
    .replaceAll(/\{\{\s*(\d{1,15})(?:\.\d+)?\s*\|\s*milliSecondsToTimeString\b[^{}]*\}\}/g, (_whole, ms: string) =>
      durationText(Number(ms), locale),
    )

const click = /\(click\)="[^"]*getActionDescriptors\(\s*'elementClick'\s*\)\s*\[(\d{1,3})\][^"]*"/g

/** Elements that start an action by its number get its name, by which elements are found here. */
const clicks = (markup: string, names: readonly string[]): string =>
  markup.replaceAll(click, (whole, index: string) => {
    const name = names[Number(index)]
    return name === undefined ? whole : `id="${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  })

const translated =
  /(<[a-z][\w-]*\b(?:[^<>"']|"[^"]*"|'[^']*')*?\stranslate)(?=[\s>])((?:[^<>"']|"[^"]*"|'[^']*')*>)\s*([\w.-]{1,200})\s*</gi

/** What attributes say of an element: that its text is the name of one, what it explains, and where a link leads. */
const attributesOf = (markup: string): string =>
  markup
    .replaceAll(
      translated,
      (_whole, before: string, after: string, key: string) =>
        `${before}${after}${withoutTranslations(`{i18n:${key}}`)}<`,
    )
    .replaceAll(/\smatTooltip\s*=\s*"/gi, ' title="')
    .replaceAll(/\srouterLink\s*=\s*"([^"]*)"/gi, (whole, path: string) => {
      const place = consolePath(path)
      return place === null ? whole : ` href="${escapeHtml(place)}"`
    })

/** Longer markup is none that somebody wrote; it is shown as it is. */
const longestTemplate = 200_000

/**
 * Templates of the framework that files are written for, as far as they say the same in plain HTML: panels that fold,
 * tabs, choices, conditions, names of texts, durations, links, and elements that start actions.
 *
 * @param actions names of the `elementClick` actions, in order
 */
export const plainTemplate = (
  markup: string,
  actions: readonly string[],
  locale: string,
  facts: TemplateFacts,
): string => {
  if (
    markup.length > longestTemplate ||
    !/<mat-|<ng-|\{\{|\(click\)|\*ngIf|\s(?:translate|matTooltip|routerLink)\b/i.test(markup)
  )
    return markup
  const decided = withFacts(choicesAsTabs(markup), facts)
  return attributesOf(expressions(clicks(tabs(foldingPanels(decided)), actions), locale))
}

/** An icon that markup names; `place` is the class of the element that it stands in. */
export type NamedIcon = { place: string; name: string }

const mostIcons = 100

/** Finds `<mat-icon>name</mat-icon>`; in the markup that comes back each is empty and has a place. */
export const namedIcons = (markup: string): { markup: string; icons: readonly NamedIcon[] } => {
  const icons: NamedIcon[] = []
  const element = /<(?:mat|tb)-icon\b((?:[^<>"']|"[^"]*"|'[^']*')*)>\s*([\w:-]{1,80})\s*<\/(?:mat|tb)-icon\s*>/gi
  const withPlaces = markup.replaceAll(element, (whole, attributes: string, name: string) => {
    if (icons.length >= mostIcons) return whole
    const place = `named-icon-${icons.length}`
    icons.push({ place, name })
    const own = /(?:^|\s)class\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1] ?? ''
    return `<mat-icon class="${place} ${own}"${attributes.replace(/\sclass\s*=\s*(?:"[^"]*"|'[^']*')/i, '')}></mat-icon>`
  })
  return { markup: withPlaces, icons }
}
