'use client'
import type { NodeCounters } from '@thingwire/contracts'
import { useFormatter, useTranslations } from 'next-intl'
import { useCallback, useSyncExternalStore } from 'react'
import { failedShare, type WireCounters, wireKey } from './counter-store.ts'
import { useKeyed, useLiveChain } from './live-chain.tsx'

/** What runs through a node; undefined until the first message. */
export const useNodeCounters = (nodeId: string): NodeCounters | undefined =>
  useKeyed(useLiveChain().counters.nodes, nodeId)

/** What runs along one label of a wire; undefined until the first message. */
export const useWireCounters = (fromNodeId: string, label: string): WireCounters | undefined =>
  useKeyed(useLiveChain().counters.wires, wireKey(fromNodeId, label))

/** Whether messages have just passed along one of the labels. */
export const useIsWireBusy = (fromNodeId: string, labels: readonly string[]): boolean => {
  const { wires } = useLiveChain().counters
  const joined = labels.map((label) => wireKey(fromNodeId, label)).join('\n')
  const subscribe = useCallback(
    (listener: () => void) => wires.subscribe(joined.split('\n'), listener),
    [wires, joined],
  )
  const get = () => labels.some((label) => wires.get(wireKey(fromNodeId, label))?.isBusy === true)
  return useSyncExternalStore(subscribe, get, get)
}

const useShort = () => {
  const format = useFormatter()
  return (value: number) => format.number(value, { notation: 'compact', maximumFractionDigits: 1 })
}

/** Throughput, time and failures of a node in one short line; `children` stand there before its first message. */
export const NodeFigures = ({ nodeId, children }: { nodeId: string; children?: React.ReactNode }) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const short = useShort()
  const counters = useNodeCounters(nodeId)
  if (!counters) return children
  const { processed, failed, perSecond, averageMs } = counters
  const share = failed > 0 ? failedShare(counters) : null
  return (
    <span
      // What has no room beside the marks is not there, rather than cut in two.
      className="flex h-4 flex-wrap items-center gap-x-1.5 overflow-hidden text-2xs leading-4 whitespace-nowrap text-ink-3 tabular-nums"
      title={t('figures.title', {
        processed: format.number(processed),
        failed: format.number(failed),
        time: format.number(averageMs, { maximumSignificantDigits: 3 }),
      })}
    >
      {perSecond > 0 ? (
        <span className="font-medium text-accent-text">{t('figures.perSecond', { rate: short(perSecond) })}</span>
      ) : (
        <span>{t('figures.messages', { count: processed, shown: short(processed) })}</span>
      )}
      {share === null ? null : (
        <span className="font-medium text-danger-text">
          {t('figures.failed', {
            share:
              share < 0.1 ? t('figures.lessThan') : format.number(share, { maximumFractionDigits: share < 10 ? 1 : 0 }),
          })}
        </span>
      )}
      <Duration ms={averageMs} />
    </span>
  )
}

/** A time in the unit that reads best: µs, ms or s. */
export const Duration = ({ ms }: { ms: number }) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 2 })
  if (ms <= 0) return null
  if (ms < 0.1) return <span>{t('figures.us', { time: number(ms * 1_000) })}</span>
  if (ms < 1_000) return <span>{t('figures.ms', { time: number(ms) })}</span>
  return <span>{t('figures.s', { time: number(ms / 1_000) })}</span>
}

/** How many messages a label carries: the rate while there are any, the sum otherwise. */
export const WireFigure = ({ fromNodeId, label }: { fromNodeId: string; label: string }) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const short = useShort()
  const counters = useWireCounters(fromNodeId, label)
  if (!counters || counters.messages === 0) return null
  const { messages, perSecond } = counters
  return (
    <span
      className="ml-1 font-medium text-ink tabular-nums"
      title={t('figures.wireTitle', { count: format.number(messages) })}
    >
      {perSecond > 0 ? t('figures.perSecond', { rate: short(perSecond) }) : short(messages)}
    </span>
  )
}
