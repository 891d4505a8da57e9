import { cn } from '@thingwire/ui'
import { Check, Circle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { PasswordPolicy } from '@/api/account.ts'
import { rulesOf } from './password-rule-list.ts'

/** What the password must look like, ticked off while it is typed. */
export const PasswordRules = ({ policy, password }: { policy: PasswordPolicy; password: string }) => {
  const t = useTranslations('passwordRules')
  return (
    <ul aria-label={t('label')} className="grid gap-1 text-xs">
      {rulesOf(policy).map(({ rule, count, isMet }) => {
        const done = isMet(password)
        return (
          <li key={rule} className={cn('flex items-center gap-1.5', done ? 'text-ok-text' : 'text-ink-3')}>
            {done ? <Check aria-hidden className="size-3.5" /> : <Circle aria-hidden className="size-3.5" />}
            {t(rule, { count })}
            <span className="sr-only">{done ? t('met') : t('unmet')}</span>
          </li>
        )
      })}
    </ul>
  )
}
