'use client'
import { paramsFor } from '@thingwire/dashboards'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFunctionContext } from '../../functions/function-context.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import { ProblemMark } from '../../style/ground.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetEntity } from '../../widget.ts'
import { contentWords } from './content-words.ts'
import { hasTemplateCode } from './markdown.ts'
import { type NestedState, nestedStates } from './nested-states.ts'
import { safeStyleSheet, sharedStyleSheet } from './safe-css.ts'
import { createSanitizer, linkTarget, type Sanitize } from './sanitize.ts'
import { contentStyle } from './shadow-styles.ts'
import { namedIcons, plainTemplate } from './templates.ts'

type Props = {
  /** Not yet made harmless. */
  markup: string
  /** Of the file. */
  css: string
  /** Ours, before it. */
  style?: string
  /** Who an action of an element is about. */
  entity: WidgetEntity | null
  /** The markup is meant to fill the box, as cards do. */
  fills?: boolean
  problem?: string | null
}

let sanitizer: Sanitize | null = null

/** Layouts of templates for phones hold up to here, px. */
const phoneWidth = 599

/** The element with an id that an action is named after: the target of a click or key, or what it lies in. */
const actionAt = (path: readonly EventTarget[], names: ReadonlySet<string>): Element | null => {
  for (const one of path) {
    if (one instanceof ShadowRoot) return null
    if (one instanceof Element && names.has(one.id)) return one
  }
  return null
}

/** Light children of the host, which the tree shows in the places of nested states; their clicks are their own. */
const isNested = (path: readonly EventTarget[]): boolean =>
  path.some((one) => one instanceof HTMLElement && one.slot.startsWith('nested-'))

/** It begins with the parameters of the state around, as the boards do that such markup comes from. */
const Nested = ({ nested }: { nested: NestedState }) => {
  const { board } = useWidgetHost()
  const { params: present } = board.state
  const [first] = useState(present)
  const around = nested.follows ? present : first
  const { entity, paramName } = nested
  const params = useMemo(
    () => paramsFor(around, { entity: entity && { entityId: entity }, paramName }),
    [around, entity, paramName],
  )
  return <board.StateView stateId={nested.stateId} params={params} grid={nested.grid} />
}

/**
 * Markup of a file or of values, made harmless, in a tree of its own. Elements named like an `elementClick` action start
 * it; states of the dashboard that it names stand in it.
 */
export const ShadowHtml = (p: Props) => {
  const { actions, links, board, locale } = useWidgetHost()
  const words = useWords('content', contentWords)
  const facts = useFunctionContext()
  const host = useRef<HTMLDivElement | null>(null)
  const [styleProblem, setStyleProblem] = useState(false)
  const byName = useMemo(() => new Map(actions.of('elementClick').map((one) => [one.name, one] as const)), [actions])
  const names = useMemo(() => new Set(byName.keys()), [byName])
  const { css, style = '', fills = false } = p
  const { markup, states, icons } = useMemo(() => {
    const template = plainTemplate(p.markup, [...names], locale, facts)
    const nested = nestedStates(template)
    return { ...namedIcons(nested.markup), states: nested.states }
  }, [p.markup, names, locale, facts])
  const { isPhone } = board

  useEffect(() => {
    if (!host.current) return
    sanitizer ??= createSanitizer(window)
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const content = document.createElement('div')
    // A state fills what it is in, which must have a height then.
    content.className = fills || states.length > 0 ? 'content fills' : 'content'
    content.append(sanitizer(markup, isPhone ? phoneWidth : window.innerWidth))
    for (const name of names) {
      const element = content.querySelector(`#${CSS.escape(name)}`)
      if (!element || /^(?:a|button)$/i.test(element.nodeName)) continue
      element.setAttribute('role', 'button')
      element.setAttribute('tabindex', '0')
    }
    for (const { place } of [...states, ...icons]) {
      const slot = document.createElement('slot')
      slot.name = place
      content.querySelector(`.${place}`)?.replaceChildren(slot)
    }
    root.replaceChildren(content)
  }, [markup, states, icons, fills, names, isPhone])

  useEffect(() => {
    const root = host.current?.shadowRoot
    if (!root) return
    const sheets = [safeStyleSheet(`${contentStyle}${style}`)]
    try {
      if (board.css !== '') sheets.push(sharedStyleSheet(board.css))
      sheets.push(safeStyleSheet(css))
      setStyleProblem(false)
    } catch {
      setStyleProblem(true)
    }
    root.adoptedStyleSheets = sheets
  }, [css, style, board.css])

  const act = (event: React.SyntheticEvent, path: readonly EventTarget[]): boolean => {
    const element = actionAt(path, names)
    const action = element ? byName.get(element.id) : undefined
    if (!action) return false
    event.preventDefault()
    actions.run(action, { entity: p.entity, anchor: element })
    return true
  }
  const follow = (event: React.MouseEvent, path: readonly EventTarget[]) => {
    const link = path.find((one) => one instanceof HTMLAnchorElement)
    const href = link?.getAttribute('href')
    if (!href || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    if (linkTarget(href) !== 'inside' || href.startsWith('#')) return
    event.preventDefault()
    links.open(href)
  }

  const problem =
    p.problem ?? (styleProblem ? words('badStyle') : hasTemplateCode(markup) ? words('templateCode') : null)
  return (
    // `contain` keeps what is fixed or absolute inside the widget.
    <div className="relative size-full overflow-auto" style={{ contain: 'strict' }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the elements inside, in their own tree, are what is used; they have roles */}
      <div
        ref={host}
        className="size-full"
        onClick={(event) => {
          const path = event.nativeEvent.composedPath()
          if (isNested(path)) return
          if (!act(event, path)) follow(event, path)
        }}
        onKeyDown={(event) => {
          const path = event.nativeEvent.composedPath()
          if (isNested(path)) return
          const [target] = path
          const isNative = target instanceof Element && /^(?:a|button)$/i.test(target.nodeName)
          if ((event.key === 'Enter' || event.key === ' ') && !isNative && !event.repeat) act(event, path)
        }}
      >
        {states.map((nested) => (
          <div key={nested.place} slot={nested.place} className="size-full overflow-hidden">
            <Nested nested={nested} />
          </div>
        ))}
        {icons.map(({ place, name }) => (
          <span key={place} slot={place} className="block size-full">
            <WidgetIcon name={name} size={24} className="size-full" />
          </span>
        ))}
      </div>
      {problem ? <ProblemMark problem={problem} /> : null}
    </div>
  )
}
