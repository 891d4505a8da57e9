import { createTranslator, type Locale } from 'use-intl/core'
import { useMemo } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'

/** Words of one widget or engine, in ICU form: `{count, plural, one {# alarm} other {# alarms}}`. */
export type Words = Readonly<Record<string, string>>

/**
 * Says the words of a widget in the viewer's language.
 * @param english as the widget's folder has them; a translation under the same scope takes their place
 */
export const useWords = <W extends Words>(scope: string, english: W) => {
  const { locale, words } = useWidgetHost()
  return useMemo(() => {
    const translate = createTranslator({
      // Whoever draws widgets may have narrowed the name of a locale to those it has texts for.
      locale: locale as Locale,
      messages: { ...english, ...words?.[scope] } as Record<string, string>,
    })
    return (key: keyof W & string, values?: Record<string, string | number | Date>): string =>
      translate(key as never, values as never)
  }, [locale, words, scope, english])
}
