'use client'
import { useQuery } from '@tanstack/react-query'
import { Badge, Card, CardHeader, cn, CodeBlock, Skeleton } from '@thingwire/ui'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { getConnectivity } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { Age } from '@/components/age.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import { valueText } from '@/components/value-text.ts'
import { useLatestValues } from '@/live/use-values.ts'
import { LoadError } from '@/shell/page.tsx'
import { toCommands } from './connectivity.ts'

/** Commands to copy on the left, what arrives on the right. */
export const Connect = ({ device }: { device: DeviceView }) => (
  <div className="grid items-start gap-4 p-4 sm:p-6 xl:grid-cols-[1fr_360px]">
    <Commands deviceId={device.id.id} />
    <Arrivals deviceId={device.id.id} />
  </div>
)

const protocolNames: Readonly<Record<string, string>> = { http: 'HTTP', mqtt: 'MQTT', coap: 'CoAP' }
const variants = ['https', 'mqtts', 'docker'] as const

const Commands = ({ deviceId }: { deviceId: string }) => {
  const t = useTranslations('connect')
  const copy = useCopyLabels()
  const variantOf = (variant: string) => {
    const known = variants.find((one) => one === variant)
    return known ? t(`variant.${known}`) : variant
  }
  const query = useQuery({
    queryKey: ['device', deviceId, 'connectivity'],
    queryFn: ({ signal }) => getConnectivity(deviceId, signal),
  })
  return (
    <Card className="min-w-0">
      <CardHeader title={t('commands')} description={t('commandsText')} />
      {query.data ? (
        <ol className="divide-y">
          {toCommands(query.data).map((command) => (
            <li key={command.name} className="grid grid-cols-1 gap-2 p-4">
              <div className="flex items-center gap-2">
                <Badge tone="accent">{protocolNames[command.protocol] ?? command.protocol.toUpperCase()}</Badge>
                <span className="text-xs text-ink-3">{variantOf(command.variant)}</span>
              </div>
              {command.lines.map((line) => (
                <CodeBlock key={line} code={line} labels={copy} wrap />
              ))}
            </li>
          ))}
        </ol>
      ) : query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : (
        <div aria-busy className="grid gap-3 p-4">
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-10 w-full" />
        </div>
      )}
    </Card>
  )
}

const Arrivals = ({ deviceId }: { deviceId: string }) => {
  const t = useTranslations('connect')
  const [openedAt] = useState(Date.now)
  const { data } = useLatestValues({ entityType: 'DEVICE', id: deviceId })
  const newestFirst = Object.entries(data ?? {}).sort(([, a], [, b]) => b[0] - a[0])
  const newest = newestFirst[0]?.[1][0] ?? null
  const state = newest === null ? 'waiting' : newest >= openedAt - 1_000 ? 'arrived' : 'before'
  return (
    <Card aria-live="polite" className={cn('overflow-hidden', state === 'arrived' && 'border-ok/50')}>
      <div className="flex items-start gap-3 p-4">
        {state === 'arrived' ? (
          <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 animate-pop-in text-ok" />
        ) : (
          <span aria-hidden className="relative mt-1.5 ml-1 flex size-3 shrink-0">
            <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-40" />
            <span className="relative size-3 rounded-full bg-accent" />
          </span>
        )}
        <div className="min-w-0">
          <h2 className="text-sm font-semibold">{t(state)}</h2>
          <p className="text-xs text-ink-3">{t(`${state}Text`)}</p>
        </div>
      </div>
      {newestFirst.length > 0 ? (
        <ul className="divide-y border-t">
          {newestFirst.slice(0, 12).map(([key, [ts, value]]) => (
            <li key={key} className="flex h-9 items-center gap-3 px-4 text-sm">
              <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-2">{key}</span>
              <span
                key={ts}
                className={cn(
                  'max-w-40 truncate rounded-sm px-1 font-medium tabular-nums',
                  ts >= openedAt && 'animate-flash',
                )}
              >
                {valueText(value)}
              </span>
              <Age ts={ts} className="w-24 whitespace-nowrap text-right text-xs text-ink-3 tabular-nums" />
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}
