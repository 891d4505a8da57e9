'use client'
import { effectKinds } from '@thingwire/contracts'
import { cn } from '@thingwire/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { excerptOf, Payload } from './payload.tsx'

type Effect = Record<string, unknown>

/** What nodes would have done outside. */
export const EffectList = ({ effects, marked }: { effects: readonly Effect[]; marked?: ReadonlySet<number> }) => {
  const t = useTranslations('chainTesting')
  if (effects.length === 0) return <p className="text-xs text-ink-3">{t('noEffects')}</p>
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)]">
      {effects.map((effect, index) => (
        <EffectRow
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no id, and the list of a run never changes
          key={index}
          effect={effect}
          isMarked={marked?.has(index) ?? false}
        />
      ))}
    </ul>
  )
}

const EffectRow = ({ effect, isMarked }: { effect: Effect; isMarked: boolean }) => {
  const t = useTranslations('chainTesting')
  const { kind, ...members } = effect
  const known = effectKinds.find((one) => one === kind)
  const text = JSON.stringify(members)
  return (
    <li className={cn('border-b border-line/60 last:border-b-0', isMarked && 'bg-warn-soft')}>
      <details className="group">
        <summary className="flex min-h-7 cursor-default list-none items-center gap-1.5 rounded-sm px-1 text-xs hover:bg-hover pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3 shrink-0 text-ink-3 transition-transform duration-100 group-open:rotate-90"
          />
          <span className="shrink-0 font-medium text-ink">{known ? t(`effect.${known}`) : String(kind)}</span>
          <span className="min-w-0 flex-1 truncate text-right font-mono text-2xs text-ink-3">{excerptOf(text)}</span>
        </summary>
        <div className="py-2 pr-1 pl-5">
          <Payload text={text} label={known ? t(`effect.${known}`) : String(kind)} />
        </div>
      </details>
    </li>
  )
}
