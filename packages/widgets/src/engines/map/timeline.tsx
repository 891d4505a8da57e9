'use client'
import { cn, IconButton, Select } from '@thingwire/ui'
import { Pause, Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from '../../texts/use-texts.ts'
import type { PlayClock } from './play-clock.ts'
import type { MapSettings } from './settings.ts'
import { useIsPlaying, useMoment } from './use-play-clock.ts'
import { mapWords } from './words.ts'

/** How long the whole way takes at the speed that is not in the file. */
const wholeWayMs = 30_000
/** A way that would take longer than this is played as a whole at first. */
const patienceMs = 120_000
const steps = 1_000
/** Below this the slider has a row of its own. */
const roomy = 440

/** Plays ways back: start and stop, a slider over their time, the moment, and how fast. */
export const Timeline = (p: {
  clock: PlayClock
  span: { startTs: number; endTs: number }
  settings: MapSettings['tripTimeline']
  /** px. */
  width: number
  say: (ts: number) => string
}) => {
  const words = useWords('map', mapWords)
  const { clock, span, settings } = p
  const at = useMoment(clock)
  const isPlaying = useIsPlaying(clock)
  const length = Math.max(1, span.endTs - span.startTs)
  const step = Number.isFinite(settings.timeStep) && settings.timeStep > 0 ? settings.timeStep : 1_000
  const [first = 1] = settings.speedOptions
  const [speed, setSpeed] = useState<number | null>(() => (length / (step * first) > patienceMs / 1_000 ? null : first))
  const rate = speed === null ? length / (wholeWayMs / 1_000) : step * speed
  useEffect(() => clock.setRate(rate), [clock, rate])
  return (
    <fieldset
      aria-label={words('timeline')}
      className="flex min-w-0 flex-wrap items-center justify-between gap-x-2 gap-y-1 border-t border-border bg-surface px-2 py-1.5"
    >
      <IconButton
        label={words(isPlaying ? 'pause' : 'play')}
        size="icon-sm"
        variant="secondary"
        onClick={() => (isPlaying ? clock.pause() : clock.play())}
      >
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <input
        type="range"
        aria-label={words('timeline')}
        aria-valuetext={p.say(at)}
        className={cn('h-6 min-w-0 accent-accent', p.width < roomy ? 'order-last w-full' : 'flex-1')}
        min={0}
        max={steps}
        step="any"
        value={((at - span.startTs) / length) * steps}
        onChange={(event) => clock.seek(span.startTs + (Number(event.target.value) / steps) * length)}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
          if (by === 0) return
          event.preventDefault()
          clock.seek(at + by * Math.max(step, length / 200))
        }}
      />
      {settings.showTimestamp ? (
        <output className="shrink-0 text-2xs text-ink-2 tabular-nums">{p.say(at)}</output>
      ) : null}
      <Select
        aria-label={words('speed')}
        className="h-7 w-auto shrink-0 text-xs"
        value={speed === null ? 'whole' : String(speed)}
        onChange={(event) => setSpeed(event.target.value === 'whole' ? null : Number(event.target.value))}
      >
        {settings.speedOptions.map((one) => (
          <option key={one} value={String(one)}>{`${one}×`}</option>
        ))}
        <option value="whole">{words('wholeWay')}</option>
      </Select>
    </fieldset>
  )
}
