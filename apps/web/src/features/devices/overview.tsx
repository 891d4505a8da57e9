'use client'
import { useQuery } from '@tanstack/react-query'
import type { LivePoint } from '@thingwire/contracts'
import { Button, Card, CardHeader, cn, CopyButton, EmptyState, Facts, Skeleton, TableHead } from '@thingwire/ui'
import { Radio } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { DeviceView } from '@/api/entities.ts'
import { getHistory } from '@/api/telemetry.ts'
import { Age, Timestamp } from '@/components/age.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import { valueText } from '@/components/value-text.ts'
import type { Latest } from '@/live/patch.ts'
import { useLatestValues } from '@/live/use-values.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError } from '@/shell/page.tsx'
import { descriptionOf } from './settings-form.ts'
import { DevicePackages } from './device-packages.tsx'
import { Sparkline } from './sparkline.tsx'

/** The chart is that of dashboards, which is much code: the values stand there before. */
const KeyChart = dynamic(async () => (await import('./key-chart.tsx')).KeyChart, {
  ssr: false,
  loading: () => <ChartSkeleton />,
})
const ChartSkeleton = () => <Skeleton className="h-[312px] rounded-lg" />

const sparklineMs = 10 * 60_000
const sparklineStepMs = 10_000

export const Overview = ({ device, onConnect }: { device: DeviceView; onConnect: () => void }) => {
  const t = useTranslations('device')
  const entityId = { entityType: 'DEVICE' as const, id: device.id.id }
  const user = useUser()
  const query = useLatestValues(entityId)
  const keys = Object.keys(query.data ?? {}).sort((a, b) => a.localeCompare(b))
  const [chosen, setChosen] = useState<string | null>(null)
  const { courses, isSettled } = useCourses(device.id.id, query.data ?? noValues)
  const numeric = keys.filter((key) => typeof query.data?.[key]?.[1] === 'number')
  // A key that moves tells more at first sight than one that stands still.
  const charted =
    chosen ?? (isSettled ? (numeric.find((key) => isMoving(courses.get(key))) ?? numeric[0] ?? null) : null)
  return (
    <div className="grid items-start gap-4 p-4 sm:p-6 xl:grid-cols-[1fr_320px]">
      <div className="grid min-w-0 gap-4">
        {charted ? <KeyChart deviceId={device.id.id} name={charted} /> : numeric.length > 0 ? <ChartSkeleton /> : null}
        <Card>
          <CardHeader title={t('latest')} description={t('latestText')} />
          {query.error && !query.data ? (
            <LoadError error={query.error} retry={() => void query.refetch()} />
          ) : !query.data ? (
            <LatestSkeleton />
          ) : keys.length === 0 ? (
            <EmptyState
              icon={<Radio />}
              title={t('noTelemetry')}
              action={
                <Button variant="primary" onClick={onConnect}>
                  {t('connectNow')}
                </Button>
              }
            >
              {t('noTelemetryText')}
            </EmptyState>
          ) : (
            <LatestTable values={query.data} courses={courses} keys={keys} charted={charted} onChart={setChosen} />
          )}
        </Card>
      </div>
      <div className="grid min-w-0 gap-4">
        <DeviceFacts device={device} />
        {user.authority === 'TENANT_ADMIN' ? <DevicePackages device={device} /> : null}
      </div>
    </div>
  )
}

const noValues: Latest = {}

const isMoving = (course: [number, number][] | undefined) => new Set(course?.map(([, value]) => value)).size > 2

const LatestTable = (p: {
  values: Latest
  courses: Map<string, [number, number][]>
  keys: string[]
  charted: string | null
  onChart: (key: string) => void
}) => {
  const t = useTranslations('device')
  return (
    <table className="w-full text-sm">
      <TableHead
        columns={[
          { id: 'key', label: t('key') },
          { id: 'value', label: t('value') },
          { id: 'course', label: t('course'), className: 'max-sm:hidden' },
          { id: 'age', label: t('age'), className: 'text-right' },
        ]}
      />
      <tbody>
        {p.keys.map((key) => (
          <LatestRow
            key={key}
            name={key}
            point={p.values[key] ?? [0, null]}
            course={p.courses.get(key) ?? []}
            isCharted={p.charted === key}
            onChart={() => p.onChart(key)}
          />
        ))}
      </tbody>
    </table>
  )
}

const LatestRow = (p: {
  name: string
  point: LivePoint
  course: [number, number][]
  isCharted: boolean
  onChart: () => void
}) => {
  const [ts, value] = p.point
  const isNumber = typeof value === 'number'
  return (
    <tr className={cn('border-t', p.isCharted && 'bg-accent-soft/40')}>
      <th scope="row" className="h-10 max-w-48 truncate pl-4 text-left font-normal">
        {isNumber ? (
          <button
            type="button"
            aria-pressed={p.isCharted}
            onClick={p.onChart}
            className="font-mono text-xs text-ink hover:text-accent-text aria-pressed:font-semibold"
          >
            {p.name}
          </button>
        ) : (
          <span className="font-mono text-xs">{p.name}</span>
        )}
      </th>
      <td className="h-10 px-3">
        <Flash stamp={ts}>
          <span className={cn('font-medium tabular-nums', !isNumber && 'font-mono text-xs break-all')}>
            {valueText(value)}
          </span>
        </Flash>
      </td>
      <td className="h-10 px-3 max-sm:hidden">
        <Sparkline points={p.course} />
      </td>
      <td className="h-10 pr-4 text-right text-xs whitespace-nowrap text-ink-3 tabular-nums">
        <Age ts={ts} />
      </td>
    </tr>
  )
}

/** Lights up for a moment when `stamp` changes, not on first sight. */
const Flash = ({ stamp, children }: { stamp: number; children: React.ReactNode }) => {
  const first = useRef(stamp)
  return (
    <span key={stamp} className={cn('-mx-1 rounded-sm px-1 py-0.5', stamp !== first.current && 'animate-flash')}>
      {children}
    </span>
  )
}

/** Numbers of the last ten minutes by key: the past by REST once, then every value that comes in. */
const useCourses = (deviceId: string, values: Latest) => {
  const [courses, setCourses] = useState(new Map<string, [number, number][]>())
  const numeric = Object.keys(values).filter((key) => typeof values[key]?.[1] === 'number')
  const past = useQuery({
    queryKey: ['device', deviceId, 'courses', numeric.toSorted()],
    queryFn: ({ signal }) => {
      const endTs = Date.now()
      const range = { startTs: endTs - sparklineMs, endTs, interval: sparklineStepMs }
      return getHistory(deviceId, numeric, { ...range, agg: 'AVG', limit: 100 }, signal)
    },
    enabled: numeric.length > 0,
    staleTime: Infinity,
    gcTime: 0,
  })
  useEffect(() => {
    const oldest = Date.now() - sparklineMs
    setCourses((known) => {
      const next = new Map<string, [number, number][]>()
      for (const [key, [ts, value]] of Object.entries(values)) {
        if (typeof value !== 'number') continue
        const before = known.get(key) ?? toNumbers(past.data?.[key])
        const kept = before.filter(([at]) => at > oldest && at < ts)
        next.set(key, ts > oldest ? [...kept, [ts, value]] : kept)
      }
      return next
    })
  }, [values, past.data])
  // What was collected before the past arrived is a single point or two; start again from the past then.
  useEffect(() => {
    if (past.data) setCourses(new Map(Object.entries(past.data).map(([key, points]) => [key, toNumbers(points)])))
  }, [past.data])
  return { courses, isSettled: past.isFetched && (courses.size > 0 || numeric.length === 0) }
}

const toNumbers = (points: { ts: number; value: unknown }[] | undefined): [number, number][] =>
  (points ?? []).flatMap(({ ts, value }) => (typeof value === 'number' ? [[ts, value]] : []))

const DeviceFacts = ({ device }: { device: DeviceView }) => {
  const t = useTranslations('device')
  const copy = useCopyLabels()
  const description = descriptionOf(device)
  return (
    <Card>
      <CardHeader title={t('about')} />
      <div className="p-4">
        <Facts
          items={[
            { term: t('profile'), value: device.deviceProfileName || device.type },
            { term: t('label'), value: device.label || '—' },
            { term: t('customer'), value: device.customerTitle || '—' },
            ...(description ? [{ term: t('description'), value: description }] : []),
            { term: t('created'), value: <Timestamp ts={device.createdTime} /> },
            {
              term: t('id'),
              value: (
                <span className="flex items-start gap-1">
                  <span className="font-mono text-xs break-all">{device.id.id}</span>
                  <CopyButton text={device.id.id} labels={copy} className="-my-1" />
                </span>
              ),
            },
          ]}
        />
      </div>
    </Card>
  )
}

const LatestSkeleton = () => (
  <div aria-busy className="grid gap-4 p-4">
    {['w-3/4', 'w-2/3', 'w-4/5', 'w-1/2'].map((width) => (
      <Skeleton key={width} className={cn('h-4', width)} />
    ))}
  </div>
)
