'use client'
import { Badge, type Column } from '@thingwire/ui'
import { Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { listRuleChains } from '@/api/entities.ts'
import type { RuleChainView } from '@/api/entities.ts'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { Page } from '@/shell/page.tsx'
import { ImportChain } from './import-chain.tsx'

const pathOf = (chain: RuleChainView) => `/rule-chains/${chain.id.id}`

export const ChainList = () => {
  const t = useTranslations('ruleChains')
  const list = useEntityList<RuleChainView>({ queryKey: ['rule-chains'], defaultSort: 'name', load: listRuleChains })
  const columns: Column<RuleChainView>[] = [
    nameColumn({ id: 'name', header: t('name'), text: (chain) => chain.name, href: pathOf }),
    {
      id: 'root',
      header: t('role'),
      onPhone: true,
      csv: (chain) => (chain.root ? t('root') : ''),
      cell: (chain) => (chain.root ? <Badge tone="accent">{t('root')}</Badge> : null),
    },
    useCreatedColumn(),
  ]
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={<ImportChain />}>
      <EntityTable
        name="rule-chains"
        list={list}
        words={useEntityWords('ruleChains')}
        icon={<Workflow />}
        columns={columns}
        rowId={(chain) => chain.id.id}
        open={pathOf}
        action={<ImportChain />}
      />
    </Page>
  )
}
