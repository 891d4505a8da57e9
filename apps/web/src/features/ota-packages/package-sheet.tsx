'use client'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button, CopyButton, Facts, Sheet, Skeleton } from '@thingwire/ui'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { downloadPath, getPackage, type PackageView } from '@/api/ota-packages.ts'
import { Timestamp } from '@/components/age.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import { LoadError } from '@/shell/page.tsx'
import { useByteText } from './use-byte-text.ts'

/** Everything about one package; it cannot be changed, because devices may have it already. */
export const PackageSheet = (p: { id: string | null; profileName: (id: string) => string; onClose: () => void }) => {
  const t = useTranslations('packages')
  const common = useTranslations('common')
  const query = useQuery({
    queryKey: ['ota-packages', 'one', p.id],
    queryFn: ({ signal }) => getPackage(p.id ?? '', signal),
    enabled: p.id !== null,
  })
  const one = query.data
  return (
    <Sheet
      open={p.id !== null}
      onOpenChange={(open) => !open && p.onClose()}
      title={one?.title ?? t('title')}
      {...(one ? { description: one.version } : {})}
      closeLabel={common('close')}
      footer={
        one?.hasData ? (
          <Button asChild>
            <a href={downloadPath(one.id.id)}>
              <Download />
              {t('download')}
            </a>
          </Button>
        ) : null
      }
    >
      {one ? (
        <PackageFacts one={one} profileName={p.profileName} />
      ) : query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : (
        <div aria-busy className="grid gap-4">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-4 w-2/3" />
        </div>
      )}
    </Sheet>
  )
}

const PackageFacts = ({ one, profileName }: { one: PackageView; profileName: (id: string) => string }) => {
  const t = useTranslations('packages')
  const copy = useCopyLabels()
  const bytes = useByteText()
  const withCopy = (text: string) => (
    <span className="flex items-start gap-1">
      <span className="min-w-0 flex-1 font-mono text-xs leading-7 break-all">{text}</span>
      <CopyButton text={text} labels={copy} />
    </span>
  )
  return (
    <Facts
      items={[
        { term: t('type'), value: <Badge>{t(`types.${one.type}`)}</Badge> },
        { term: t('profile'), value: profileName(one.deviceProfileId?.id ?? '') },
        ...(one.tag ? [{ term: t('tag'), value: one.tag }] : []),
        ...(one.url ? [{ term: t('url'), value: withCopy(one.url) }] : []),
        ...(one.fileName ? [{ term: t('file'), value: one.fileName }] : []),
        ...(one.dataSize === null ? [] : [{ term: t('size'), value: bytes(one.dataSize) }]),
        ...(one.checksumAlgorithm ? [{ term: t('algorithm'), value: one.checksumAlgorithm }] : []),
        ...(one.checksum ? [{ term: t('checksum'), value: withCopy(one.checksum) }] : []),
        { term: t('created'), value: <Timestamp ts={one.createdTime} /> },
      ]}
    />
  )
}
