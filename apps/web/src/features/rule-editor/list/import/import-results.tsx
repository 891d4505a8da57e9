'use client'
import type { RuleChainImportResult } from '@thingwire/contracts'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

/** What became of each chain of a file. */
export const ImportResults = ({ results }: { results: readonly RuleChainImportResult[] }) => {
  const t = useTranslations('chainList')
  return (
    <ul className="divide-y border-y">
      {results.map(({ ruleChainId, ruleChainName, updated, error, warnings }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names of a file may repeat
        <li key={index} className="flex gap-2.5 py-2 text-sm">
          {error ? (
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
          ) : warnings.length > 0 ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          ) : (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
          )}
          <div className="min-w-0 flex-1">
            {ruleChainId && !error ? (
              <Link href={`/rule-chains/${ruleChainId.id}`} className="font-medium text-ink hover:text-accent-text">
                {ruleChainName}
              </Link>
            ) : (
              <span className="font-medium">{ruleChainName}</span>
            )}
            <span className="ml-2 text-xs text-ink-3">
              {error ? t('import.result.refused') : updated ? t('import.result.replaced') : t('import.result.made')}
            </span>
            {error ? <p className="text-xs break-words text-danger-text">{error}</p> : null}
            {warnings.map((warning) => (
              <p key={warning} className="text-xs break-words text-ink-2">
                {warning}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
