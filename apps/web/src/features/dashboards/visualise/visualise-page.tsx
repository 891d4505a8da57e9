'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { Button, EmptyState, Skeleton, toast } from '@thingwire/ui'
import { findWidget } from '@thingwire/widgets/manifests'
import { ChartSpline, Save } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { saveDashboard } from '@/api/dashboards.ts'
import { getDevice } from '@/api/entities.ts'
import { getLatest } from '@/api/telemetry.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { Board } from '../board/board.tsx'
import { makeDashboard } from './make-dashboard.ts'

/** What a device sends, asked for once: the board that is made of it must not change while it is looked at. */
const load = async (deviceId: string, signal: AbortSignal) => {
  const [device, latest] = await Promise.all([getDevice(deviceId, signal), getLatest(deviceId, signal)])
  const found = Object.entries(latest).map(([name, points]) => ({ name, value: points[0]?.value }))
  const configuration = makeDashboard(
    { id: deviceId, name: device.name },
    found,
    (type) => findWidget(type) !== undefined,
  )
  return { device, hasKeys: found.length > 0, configuration, ...readDashboard(configuration) }
}

/** A dashboard made of the keys of a device, shown at once, which can be kept. */
export const VisualisePage = () => {
  const t = useTranslations('visualise')
  const devices = useTranslations('devices')
  const [deviceId] = useQueryState('device', parseAsString)
  const query = useQuery({
    queryKey: ['visualise', deviceId],
    queryFn: ({ signal }) => load(deviceId ?? '', signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const list = { label: devices('title'), href: '/devices' }
  const { data } = query
  if (!data) {
    return (
      <Page crumbs={[list, { label: t('title') }]}>
        {query.error ? (
          <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
        ) : (
          <div aria-busy className="p-4">
            <Skeleton className="h-80 w-full rounded-lg" />
          </div>
        )}
      </Page>
    )
  }
  const href = `/devices/${data.device.id.id}`
  const crumbs = [list, { label: data.device.name, href }]
  if (!data.hasKeys) {
    return (
      <Page crumbs={[...crumbs, { label: t('title') }]}>
        <EmptyState
          icon={<ChartSpline />}
          title={t('noKeys')}
          action={
            <Button asChild>
              <Link href={href}>{t('toDevice')}</Link>
            </Button>
          }
        >
          {t('noKeysText')}
        </EmptyState>
      </Page>
    )
  }
  return (
    <Board
      dashboardId=""
      title={t('title')}
      document={data.document}
      crumbs={crumbs}
      action={<KeepButton title={data.device.name} configuration={data.configuration} />}
    />
  )
}

const KeepButton = (p: { title: string; configuration: Record<string, unknown> }) => {
  const t = useTranslations('visualise')
  const { authority } = useUser()
  const router = useRouter()
  const client = useQueryClient()
  const keep = useMutation({
    mutationFn: () => saveDashboard({ title: p.title, configuration: p.configuration }),
    onSuccess: async (saved) => {
      toast.done(t('kept', { title: p.title }))
      await client.invalidateQueries({ queryKey: ['dashboards'] })
      router.replace(`/dashboards/${saved.id.id}`)
    },
    onError: (error) => toast.failed(t('keepFailed'), error.message),
  })
  if (authority !== 'TENANT_ADMIN') return null
  return (
    <Button variant="primary" disabled={keep.isPending} onClick={() => keep.mutate()}>
      <Save />
      <span className="max-sm:sr-only">{t('keep')}</span>
    </Button>
  )
}
