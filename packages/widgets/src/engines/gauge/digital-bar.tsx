'use client'
import { fitText } from '../../style/fit.ts'
import { fontStyle } from '../../style/font.ts'
import { type DrawingProps, dashPx, glowOpacity } from './digital-drawing.ts'
import { digitalScale, scaledPx } from './digital-look.ts'
import { tickText } from './scale.ts'
import { glide } from '../../style/glide.ts'

/** An upright or a lying bar with the value beside it. */
export const DigitalBar = (p: DrawingProps) =>
  p.settings.gaugeType === 'verticalBar' ? <Upright {...p} /> : <Lying {...p} />

const Value = (p: DrawingProps & { width: number; px: number }) => {
  const { text, units } = p.reading
  const px = fitText(`${text}${units ? `n${units}` : ''}`, p.width, p.px, 10)
  return (
    <span
      className="block truncate tracking-tight tabular-nums"
      style={{ ...fontStyle(p.settings.valueFont, px), lineHeight: 1.2, color: p.colors.value }}
    >
      {text}
      {units ? (
        <span className="ml-[0.25em] font-medium text-ink-3" style={{ fontSize: Math.max(10, px * 0.55) }}>
          {units}
        </span>
      ) : null}
    </span>
  )
}

const End = (p: DrawingProps & { value: number }) => (
  <span className="text-2xs leading-none text-ink-3 tabular-nums">
    {tickText(p.value, (p.ends.max - p.ends.min) / 10, p.locale)}
  </span>
)

const Words = ({ texts }: DrawingProps) => {
  const words = [texts.title, texts.unit].filter(Boolean)
  return words.length > 0 ? <span className="block truncate text-xs text-ink-2">{words.join(' · ')}</span> : null
}

/** The scale with its filled part, along `x` or up `y`. */
const Scale = (p: DrawingProps & { isUpright: boolean; thickness: number }) => {
  const { settings, isUpright } = p
  const share = p.place.share ?? 0
  const dash = dashPx(settings.dashThickness, p.thickness)
  const gaps = (color: string) =>
    dash > 0
      ? `repeating-linear-gradient(${isUpright ? 0 : 90}deg, ${color} 0 ${dash}px, transparent ${dash}px ${dash * 1.4}px)`
      : color
  const glow = glowOpacity(settings.neonGlowBrightness)
  const empty = `${(1 - share) * 100}%`
  return (
    <div className="relative size-full" style={{ borderRadius: settings.roundedLineCap ? p.thickness / 2 : 3 }}>
      <div
        className="absolute inset-0 overflow-hidden"
        style={{ background: gaps(p.colors.track), borderRadius: 'inherit' }}
      />
      {p.place.share === null ? null : (
        <div
          className="absolute inset-0 overflow-hidden"
          style={{
            background: gaps(p.colors.bar),
            borderRadius: 'inherit',
            clipPath: isUpright ? `inset(${empty} 0 0 0)` : `inset(0 ${empty} 0 0)`,
            ...(settings.animation ? { transition: glide('clip-path') } : {}),
          }}
        />
      )}
      {glow > 0 && share > 0 ? (
        <div
          className="absolute rounded-full"
          style={{
            ...(isUpright
              ? { left: -4, right: -4, bottom: -2, height: `${share * 100}%` }
              : { top: -4, bottom: -4, left: -2, width: `${share * 100}%` }),
            background: p.colors.bar,
            opacity: glow * 0.6,
          }}
        />
      ) : null}
      {p.ticks.map((at) => (
        <div
          key={at}
          className="absolute bg-ink-2"
          style={
            isUpright
              ? { left: 0, right: 0, bottom: `${at * 100}%`, height: 2 }
              : { top: 0, bottom: 0, left: `${at * 100}%`, width: 2 }
          }
        />
      ))}
      {p.place.outside ? (
        <div
          className="absolute bg-surface"
          style={
            isUpright
              ? { left: 0, right: 0, height: 3, ...(p.place.outside === 'above' ? { top: 8 } : { bottom: 8 }) }
              : { top: 0, bottom: 0, width: 3, ...(p.place.outside === 'above' ? { right: 8 } : { left: 8 }) }
          }
        />
      ) : null}
    </div>
  )
}

/** Below these there is room for the bar and the value alone. */
const least = { width: 110, height: 90 }

const Lying = (p: DrawingProps) => {
  const { size, settings } = p
  const scale = digitalScale({ width: size.width * 0.8, height: size.height * 1.6 })
  const hasWords = size.height >= least.height
  const thickness = Math.max(6, Math.min(28, size.height * 0.22 * Math.min(1.6, settings.gaugeWidthScale + 0.25)))
  return (
    <div className="flex size-full flex-col justify-center gap-1.5 px-3 py-2">
      {hasWords ? <Words {...p} /> : null}
      {settings.showValue && size.height >= 44 ? (
        <Value {...p} width={size.width - 24} px={scaledPx(settings.valueFont, scale)} />
      ) : null}
      <div style={{ height: thickness }} className="shrink-0">
        <Scale {...p} isUpright={false} thickness={thickness} />
      </div>
      {settings.showMinMax && hasWords ? (
        <div className="flex justify-between">
          <End {...p} value={p.ends.min} />
          <End {...p} value={p.ends.max} />
        </div>
      ) : null}
      {hasWords && p.texts.time ? <span className="text-2xs text-ink-3 tabular-nums">{p.texts.time}</span> : null}
    </div>
  )
}

const Upright = (p: DrawingProps) => {
  const { size, settings } = p
  const scale = digitalScale(size)
  const hasWords = size.height >= least.width
  const thickness = Math.max(8, Math.min(44, size.width * 0.3 * Math.min(1.6, settings.gaugeWidthScale + 0.25)))
  return (
    <div className="flex size-full flex-col items-center gap-1.5 px-2 py-2 text-center">
      {hasWords ? (
        <div className="max-w-full">
          <Words {...p} />
        </div>
      ) : null}
      <div className="flex min-h-0 flex-1 items-stretch gap-2">
        {settings.showMinMax && hasWords && size.width >= 72 ? (
          <div className="flex flex-col justify-between text-right">
            <End {...p} value={p.ends.max} />
            <End {...p} value={p.ends.min} />
          </div>
        ) : null}
        <div style={{ width: thickness }}>
          <Scale {...p} isUpright thickness={thickness} />
        </div>
      </div>
      {settings.showValue ? (
        <div className="max-w-full shrink-0">
          <Value {...p} width={size.width - 16} px={Math.min(28, scaledPx(settings.valueFont, scale, 14))} />
        </div>
      ) : null}
      {hasWords && p.texts.time ? (
        <span className="shrink-0 text-2xs text-ink-3 tabular-nums">{p.texts.time}</span>
      ) : null}
    </div>
  )
}
