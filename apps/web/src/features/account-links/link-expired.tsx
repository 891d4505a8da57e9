import { Button } from '@thingwire/ui'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Entrance } from '../sign-in/entrance.tsx'

/** The link of a mail came too late; says what to do now. */
export const LinkExpired = ({ kind }: { kind: 'activate' | 'reset' }) => {
  const t = useTranslations('accountLinks')
  return (
    <Entrance heading={t('expiredHeading')} text={t(`${kind}Expired`)}>
      <Button asChild size="lg" className="w-full">
        <Link href={kind === 'reset' ? '/login/resetPasswordRequest' : '/sign-in'}>
          {t(kind === 'reset' ? 'expiredAgain' : 'toSignIn')}
        </Link>
      </Button>
    </Entrance>
  )
}
