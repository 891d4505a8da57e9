'use client'
import { inSystem, readUnits, type UnitSetting, type UnitSystem } from '@thingwire/dashboards'
import { createContext, createElement, type KeyboardEvent, type ReactNode, useContext, useId, useMemo } from 'react'
import { formatValue } from '../../format.ts'
import { amountOf, type Binding, chosen, holds, type SymbolScope, secondsAt, shareOf } from './bindings.ts'
import { cleanDrawing } from './clean.ts'
import { type ElementProps, elementProps } from './element-props.ts'
import { paintCss } from './paints.ts'
import type { SymbolFile } from './read-symbol.ts'
import './scada.css'
import type { XmlNode } from './xml.ts'

/** What a click on a part does; `name` and `isPressed` are for those who do not see it. */
export type PartAction = { name: string; isPressed?: boolean; isBlocked: boolean; act: (part: Element) => void }

export type DrawingState = {
  scope: SymbolScope
  /** Properties that the symbol has by itself. */
  defaults: Readonly<Record<string, unknown>>
  locale: string
  /** In which measures the viewer thinks. */
  unitSystem: UnitSystem
  /** Null: there is nothing to do, so it is no button. */
  actionOf: (click: NonNullable<Binding['click']>) => PartAction | null
}

const StateContext = createContext<DrawingState | null>(null)

/**
 * A symbol drawn in the page, without any code of its file. Only parts with bindings are drawn anew when values change.
 */
export const SymbolDrawing = (p: { symbol: SymbolFile; state: DrawingState; label: string; isDimmed: boolean }) => {
  const id = useId()
  const { symbol } = p
  const parts = useMemo(() => {
    const prefix = `s${id.replaceAll(/\W/g, '')}-`
    const bindings = new Map(symbol.metadata.tags.flatMap(({ tag, bind }) => (bind ? [[tag, bind] as const] : [])))
    return children(cleanDrawing(symbol.drawing, prefix), bindings)
  }, [symbol, id])
  const { x, y, width, height } = symbol.box
  return (
    <StateContext value={p.state}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset, and as an image it would hide its buttons */}
      <svg
        viewBox={`${x} ${y} ${width} ${height}`}
        role="group"
        aria-label={p.label}
        className="scada-symbol block size-full select-none"
        style={p.isDimmed ? { opacity: 0.55 } : undefined}
      >
        {parts}
      </svg>
    </StateContext>
  )
}

type Bindings = ReadonlyMap<string, Binding>

const children = (node: XmlNode, bindings: Bindings): ReactNode[] =>
  node.children.map((child, index) => {
    if (typeof child === 'string') return child
    const binding = bindings.get(child.attributes['tb:tag'] ?? '')
    const inside = children(child, bindings)
    // The order of a drawing never changes.
    const key = String(index)
    return binding || usesProperties(child) ? (
      <Part key={key} node={child} binding={binding ?? noBinding}>
        {inside}
      </Part>
    ) : (
      createElement(child.name, { key, ...elementProps(child.attributes, plainPaint) }, ...inside)
    )
  })

const noBinding: Binding = {}
const plainPaint = (paint: string) => paintCss(paint, {}, {})
const usesProperties = ({ attributes }: XmlNode) =>
  Object.values(attributes).some((value) => value.startsWith('paint:$'))

const Part = ({ node, binding, children: inside }: { node: XmlNode; binding: Binding; children: ReactNode[] }) => {
  const state = useContext(StateContext)
  if (!state) return null
  const { scope, defaults } = state
  const paint = (name: string) => paintCss(name, scope.properties, defaults)
  const props = elementProps(node.attributes, paint)
  const action = binding.click ? state.actionOf(binding.click) : null
  const shown = {
    ...props,
    ...look(binding, scope, paint, props),
    ...(action ? button(action) : {}),
  }
  const text = binding.text ? textOf(binding.text, state) : null
  const size = Number(node.attributes['font-size'])
  const room = binding.text?.room
  if (text !== null && room !== undefined && text.length > room && size > 0) {
    shown.style = { ...shown.style, fontSize: `${((size * room) / text.length).toFixed(1)}px` }
  }
  return createElement(node.name, shown, ...(text === null ? inside : [text]))
}

const button = (action: PartAction) => ({
  role: 'button',
  tabIndex: 0,
  'aria-label': action.name,
  'aria-pressed': action.isPressed,
  'aria-disabled': action.isBlocked || undefined,
  onClick: (event: React.MouseEvent<Element>) => {
    if (!action.isBlocked) action.act(event.currentTarget)
  },
  onKeyDown: (event: KeyboardEvent<Element>) => {
    if ((event.key !== 'Enter' && event.key !== ' ') || event.repeat) return
    event.preventDefault()
    if (!action.isBlocked) action.act(event.currentTarget)
  },
})

const about = ([x, y]: readonly [number, number]) => ({
  transformBox: 'view-box' as const,
  transformOrigin: `${x}px ${y}px`,
})

/** Class and style of a part by its binding. */
const look = (
  binding: Binding,
  scope: SymbolScope,
  paint: (name: string) => string,
  { style: own }: ElementProps,
): Pick<ElementProps, 'className' | 'style'> => {
  const style: Record<string, unknown> = { ...own }
  const classes: string[] = []
  const { fill, stroke, show, turn, spin, level, flow, blink } = binding
  const filled = fill === undefined ? null : chosen(fill, scope)
  if (filled !== null) style.fill = paint(filled)
  const stroked = stroke === undefined ? null : chosen(stroke, scope)
  if (stroked !== null) style.stroke = paint(stroked)
  if (show !== undefined && !holds(show, scope)) style.display = 'none'
  if (turn) {
    const [first, last] = turn.degrees
    const share = shareOf(turn, scope) ?? 0
    Object.assign(style, about(turn.about), { transform: `rotate(${(first + (last - first) * share).toFixed(2)}deg)` })
    classes.push('scada-moves')
  }
  if (level) {
    const share = shareOf(level, scope)
    if (share === null) style.display = 'none'
    else {
      const gone = ((1 - share) * level.height).toFixed(2)
      style.transform = level.across ? `translateX(-${gone}px)` : `translateY(${gone}px)`
      classes.push('scada-moves')
    }
  }
  if (spin) {
    Object.assign(style, about(spin.about))
    if (holds(spin.when, scope)) {
      style.animationDuration = `${secondsAt(spin.seconds, spin.speed, scope)}s`
      classes.push('scada-spin')
    }
  }
  if (flow && holds(flow.when, scope)) {
    style['--scada-dash'] = -flow.dash
    style.animationDuration = `${secondsAt(1, flow.speed, scope)}s`
    if (flow.back !== undefined && holds(flow.back, scope)) style.animationDirection = 'reverse'
    classes.push('scada-flow')
  }
  if (blink !== undefined && holds(blink, scope)) classes.push('scada-blink')
  return { style, ...(classes.length > 0 ? { className: classes.join(' ') } : {}) }
}

const textOf = (
  text: NonNullable<Binding['text']>,
  { scope, locale, unitSystem }: Pick<DrawingState, 'scope' | 'locale' | 'unitSystem'>,
): string => {
  const unit = unitOf(text.unit, scope)
  if (text.of === undefined) return unit === null ? '' : inSystem(0, unit, unitSystem).unit
  const value = amountOf(text.of, scope)
  if (value === null) return '—'
  const decimals = text.decimals === undefined ? null : amountOf(text.decimals, scope)
  const shown = unit === null ? { value, unit: '' } : inSystem(value, unit, unitSystem)
  const number = formatValue(shown.value, { name: '', ...(decimals === null ? {} : { decimals }) }, locale)
  return `${number}${shown.unit === '' || shown.unit === '%' ? '' : ' '}${shown.unit}`
}

const unitOf = (unit: string | undefined, { properties }: SymbolScope): UnitSetting | null =>
  unit === undefined ? null : readUnits(unit.startsWith('$') ? properties[unit.slice(1)] : unit)
