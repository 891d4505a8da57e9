'use client'
import { Button, IconButton, Select } from '@thingwire/ui'
import { Pause, Play, Radio, StepBack, StepForward } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { columns } from './density.ts'
import { speeds, stepOf, type TravelClock } from './travel-clock.ts'
import { useMoment, useTravel } from './travel-context.ts'
import { useDensity } from './use-density.ts'
import { useMomentWords } from './use-moment-words.ts'

/** Below the board, while its past is looked at. */
export const ScrubberBar = () => {
  const { clock } = useTravel()
  return clock ? <Bar clock={clock} /> : null
}

const Bar = ({ clock }: { clock: TravelClock }) => {
  const t = useTranslations('timeTravel')
  const { leave } = useTravel()
  const { isPlaying, speed } = useSyncExternalStore(clock.listen, clock.get, clock.get)
  return (
    <section
      aria-label={t('title')}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t bg-surface px-3 py-2 sm:flex-nowrap"
    >
      <div className="flex items-center gap-0.5">
        <IconButton label={t('back')} onClick={() => clock.step(-1)}>
          <StepBack />
        </IconButton>
        <IconButton
          variant="secondary"
          label={t(isPlaying ? 'pause' : 'play')}
          onClick={() => (isPlaying ? clock.pause() : clock.play())}
        >
          {isPlaying ? <Pause /> : <Play />}
        </IconButton>
        <IconButton label={t('forward')} onClick={() => clock.step(1)}>
          <StepForward />
        </IconButton>
      </div>
      <Moment />
      <Track clock={clock} />
      <Select
        aria-label={t('speed')}
        value={String(speed)}
        onChange={({ target }) => clock.setSpeed(speeds.find((one) => String(one) === target.value) ?? speed)}
        className="w-24 shrink-0"
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {t('times', { speed: one })}
          </option>
        ))}
      </Select>
      <Button className="shrink-0" onClick={leave}>
        <Radio />
        <span className="max-sm:sr-only">{t('live')}</span>
      </Button>
    </section>
  )
}

const Moment = () => {
  const words = useMomentWords()
  const moment = useMoment()
  return (
    <output className="min-w-36 flex-1 text-sm font-medium tabular-nums sm:flex-none">
      {moment === null ? '' : words(moment, true)}
    </output>
  )
}

/** The handle moves with every frame, without anything being drawn anew for it. */
const Track = ({ clock }: { clock: TravelClock }) => {
  const t = useTranslations('timeTravel')
  const format = useFormatter()
  const words = useMomentWords()
  const track = useRef<HTMLDivElement>(null)
  const density = useDensity(clock.range)
  const moment = useMoment()
  const { startTs, endTs } = clock.range
  useEffect(() => {
    const place = () => {
      const share = (clock.get().ts - startTs) / (endTs - startTs)
      track.current?.style.setProperty('--at', String(share))
    }
    place()
    return clock.listen(place)
  }, [clock, startTs, endTs])
  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    clock.seek(startTs + ((event.clientX - box.left) / Math.max(1, box.width)) * (endTs - startTs))
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    clock.pause()
    seek(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const go = keyMoves(event, clock)
    if (!go) return
    event.preventDefault()
    go()
  }
  return (
    <div className="order-last flex min-w-0 flex-1 basis-full flex-col sm:order-none sm:basis-0">
      <div
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label={t('moment')}
        aria-valuemin={startTs}
        aria-valuemax={endTs}
        aria-valuenow={moment ?? endTs}
        aria-valuetext={moment === null ? '' : words(moment, true)}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
        onKeyDown={onKeyDown}
        className="relative h-8 w-full cursor-pointer touch-none rounded-md bg-sunken"
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${columns} 1`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden rounded-md text-line-strong"
        >
          <path fill="currentColor" d={density.map((share, at) => `M${at} 1v${-share}h.8v${share}z`).join('')} />
        </svg>
        <div
          aria-hidden
          className="absolute inset-y-0 left-0 rounded-l-md bg-accent/15"
          style={{ width: 'calc(var(--at, 1) * 100%)' }}
        />
        <div
          aria-hidden
          className="absolute -inset-y-0.5 -ml-1 w-2 rounded-full border-2 border-surface bg-accent shadow-card"
          style={{ left: 'calc(var(--at, 1) * 100%)' }}
        />
      </div>
      <div aria-hidden className="flex justify-between text-2xs text-ink-3 tabular-nums">
        <span>{format.dateTime(startTs, edge(startTs, endTs))}</span>
        <span>{format.dateTime(endTs, edge(startTs, endTs))}</span>
      </div>
    </div>
  )
}

const dayMs = 86_400_000
const edge = (startTs: number, endTs: number) =>
  endTs - startTs < dayMs
    ? ({ hour: 'numeric', minute: '2-digit' } as const)
    : ({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const)

/** What a key does to the moment; null: nothing. */
const keyMoves = ({ key, shiftKey }: KeyboardEvent, clock: TravelClock): (() => void) | null => {
  const { startTs, endTs } = clock.range
  const wide = shiftKey ? 10 : 1
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return () => clock.step(-wide)
    case 'ArrowRight':
    case 'ArrowUp':
      return () => clock.step(wide)
    case 'PageDown':
      return () => clock.step(-10)
    case 'PageUp':
      return () => clock.step(10)
    case 'Home':
      return () => clock.seek(startTs)
    case 'End':
      return () => clock.seek(endTs - (clock.get().isPlaying ? stepOf(clock.range) : 0))
    case ' ':
      return () => (clock.get().isPlaying ? clock.pause() : clock.play())
    default:
      return null
  }
}
