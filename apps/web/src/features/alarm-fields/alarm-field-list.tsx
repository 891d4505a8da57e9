'use client'
import { alarmRuleOwners } from '@thingwire/contracts'
import { Button, Select } from '@thingwire/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { ImportButton } from '@/components/json-file.tsx'
import { useTableUrl } from '@/components/table-url.ts'
import { Page } from '@/shell/page.tsx'
import { carryFile, fromFile } from './alarm-field-file.ts'
import { AlarmFieldTable } from './alarm-field-table.tsx'
import { useOwnerKind } from './use-field-words.ts'

/** All alarm rules of the tenant. */
export const AlarmFieldList = () => {
  const t = useTranslations('alarmFields')
  const router = useRouter()
  const kind = useOwnerKind()
  const table = useTableUrl('name')
  const [of, setOf] = useQueryState('of', parseAsStringLiteral(alarmRuleOwners).withOptions({ history: 'push' }))
  const add = <AddButton href="/alarm-rules/new" />
  const take = async (content: unknown) => {
    fromFile(content)
    carryFile(content)
    router.push('/alarm-rules/new?file=true')
  }
  return (
    <Page
      fixed
      crumbs={[{ label: t('title') }]}
      actions={
        <>
          <ImportButton label={t('importFile')} failed={t('importFailed')} take={take} />
          {add}
        </>
      }
    >
      <AlarmFieldTable
        entityType={of}
        action={add}
        toolbar={
          <Select
            aria-label={t('ownerKind')}
            className="max-sm:flex-1 sm:w-44"
            value={of ?? ''}
            onChange={({ target }) => {
              table.onStateChange({ page: 0 })
              void setOf(alarmRuleOwners.find((one) => one === target.value) ?? null)
            }}
          >
            <option value="">{t('anyOwner')}</option>
            {alarmRuleOwners.map((one) => (
              <option key={one} value={one}>
                {kind(one)}
              </option>
            ))}
          </Select>
        }
        onClearFilters={() => void setOf(null)}
      />
    </Page>
  )
}

export const AddButton = ({ href }: { href: string }) => {
  const t = useTranslations('alarmFields')
  return (
    <Button asChild variant="primary">
      <Link href={href}>
        <Plus />
        {t('add')}
      </Link>
    </Button>
  )
}
