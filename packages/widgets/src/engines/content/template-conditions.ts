import type { FunctionContext } from '../../functions/function-context.ts'
import { escapeHtml } from './records.ts'

/** What templates may ask of their widget's context. */
export type TemplateFacts = Pick<FunctionContext, 'isMobile' | 'user' | 'states'>

const attributes = `(?:[^<>"']|"[^"]*"|'[^']*')*`

/** Ends of elements of that name from there on: behind the opening tag's own end; null where it is not closed. */
const endOf = (markup: string, name: string, from: number): { inner: number; outer: number } | null => {
  const tags = new RegExp(`<(/?)${name}\\b${attributes}>`, 'gi')
  tags.lastIndex = from
  let depth = 1
  for (let tag = tags.exec(markup); tag; tag = tags.exec(markup)) {
    if (!tag[0].endsWith('/>')) depth += tag[1] ? -1 : 1
    if (depth === 0) return { inner: tag.index, outer: tag.index + tag[0].length }
  }
  return null
}

type Known = { value: unknown }

/** `ctx.isMobile`, `ctx.currentUser.authority`, `ctx.stateController.getStateParams().pump.entityName`; null: anything else. */
const factAt = (path: string, { isMobile, user, states }: TemplateFacts): Known | null => {
  const top = states.at(-1)
  const stateController = { getStateParams: top?.params ?? {}, getStateId: top?.id ?? '' }
  const ctx: unknown = { isMobile, currentUser: user ?? {}, stateController, dashboard: { stateController } }
  const names = /^ctx((?:\??\.\w+(?:\(\))?){1,8})$/.exec(path)?.[1]?.match(/\w+/g)
  if (!names || !['isMobile', 'currentUser', 'stateController', 'dashboard'].includes(names[0] ?? '')) return null
  const value = names.reduce(
    (from: unknown, name) =>
      typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined,
    ctx,
  )
  return { value }
}

/** Whether a condition holds; null: it asks for something that is not known here. */
const holds = (condition: string, facts: TemplateFacts): boolean | null => {
  const found = /^(!?)\s*([^\s=!]+)(?:\s*([!=]==?)\s*(?:'([^']*)'|"([^"]*)"|(\w+)))?$/.exec(condition.trim())
  const fact = found?.[2] === undefined ? null : factAt(found[2], facts)
  if (!found || !fact) return null
  const [, not, , comparison, single, double, bare] = found
  const isSo = comparison
    ? (String(fact.value) === (single ?? double ?? bare)) === comparison.startsWith('=')
    : Boolean(fact.value)
  return isSo !== (not === '!')
}

const conditional = new RegExp(`<([a-z][\\w-]*)\\b(${attributes}?)\\s\\*ngIf\\s*=\\s*"([^"]*)"(${attributes})>`, 'gi')
const named = new RegExp(`<ng-template\\b${attributes}?#([\\w-]+)${attributes}>`, 'i')
const mostElements = 200

const cut = (markup: string, from: number, to: number, instead: string) =>
  `${markup.slice(0, from)}${instead}${markup.slice(to)}`

/** Templates that stand aside, by name, and the markup without them. */
const takenAside = (markup: string): { rest: string; aside: ReadonlyMap<string, string> } => {
  const aside = new Map<string, string>()
  let rest = markup
  for (let tag = named.exec(rest); tag && aside.size < mostElements; tag = named.exec(rest)) {
    const from = tag.index + tag[0].length
    const end = endOf(rest, 'ng-template', from)
    if (!end) break
    aside.set(tag[1] ?? '', rest.slice(from, end.inner))
    rest = cut(rest, tag.index, end.outer, '')
  }
  return { rest, aside }
}

/** Elements whose condition does not hold are left out, or give way to the template that is named for that. */
const decided = (markup: string, facts: TemplateFacts): string => {
  const { rest, aside } = takenAside(markup)
  let made = rest
  conditional.lastIndex = 0
  for (let tag = conditional.exec(made), n = 0; tag && n < mostElements; tag = conditional.exec(made), n += 1) {
    const [whole, name = '', before = '', condition = '', after = ''] = tag
    const [asked = '', ...others] = condition.split(';')
    const isSo = holds(asked, facts)
    if (isSo === null) continue
    const from = tag.index + whole.length
    const end = whole.endsWith('/>') ? { outer: from } : endOf(made, name, from)
    const otherwise = /else\s+(\w+)/.exec(others.join(';'))?.[1] ?? ''
    if (isSo) made = cut(made, tag.index, from, `<${name}${before}${after}>`)
    else if (end) made = cut(made, tag.index, end.outer, aside.get(otherwise) ?? '')
    else continue
    conditional.lastIndex = tag.index
  }
  return made
}

/**
 * Templates of the framework that files are written for, with conditions and values that ask for the state, the viewer or
 * the size of the screen; all else stays as it is.
 */
export const withFacts = (markup: string, facts: TemplateFacts): string => {
  const filled = markup.replaceAll(/\{\{\s*(ctx[^{}|]{1,200}?)\s*\}\}/g, (whole, path: string) => {
    const fact = factAt(path, facts)
    return fact ? escapeHtml(String(fact.value ?? '')) : whole
  })
  return /\*ngIf|<ng-template\b[^<>]*#/i.test(filled) ? decided(filled, facts) : filled
}

const choice = new RegExp(
  `<ng-container\\b${attributes}?\\[ngSwitch\\]\\s*=\\s*"([\\w-]+)\\.value"${attributes}>([\\s\\S]*?)</ng-container\\s*>`,
  'gi',
)
const answered = new RegExp(
  `<ng-template\\b${attributes}?\\[ngSwitchCase\\]\\s*=\\s*"'([^'"]*)'"${attributes}>([\\s\\S]*?)</ng-template\\s*>`,
  'gi',
)

/** A row of buttons that chooses among parts becomes parts of which one is open: they need no script. */
export const choicesAsTabs = (markup: string): string => {
  if (!markup.includes('[ngSwitch]')) return markup
  let groups = 0
  const heads: RegExp[] = []
  const made = markup.replaceAll(choice, (whole, name: string, inside: string) => {
    const head = new RegExp(
      `<tb-toggle-header\\b${attributes}?#${name}${attributes}>([\\s\\S]*?)</tb-toggle-header\\s*>`,
      'i',
    )
    const options = head.exec(markup)?.[1]
    if (options === undefined) return whole
    heads.push(head)
    groups += 1
    const labels = new Map(
      [...options.matchAll(/<tb-toggle-option\b[^<>]*?value="([^"]*)"[^<>]*>([\s\S]*?)<\/tb-toggle-option\s*>/gi)].map(
        ([, value = '', label = '']) => [value, label] as const,
      ),
    )
    const parts = [...inside.matchAll(answered)].map(
      ([, value = '', content = ''], at) =>
        `<details name="choice-${groups}"${at === 0 ? ' open' : ''}><summary>${labels.get(value) ?? value}</summary>${content}</details>`,
    )
    return `<div class="tabs">${parts.join('')}</div>`
  })
  return heads.reduce((rest, head) => rest.replace(head, ''), made)
}
