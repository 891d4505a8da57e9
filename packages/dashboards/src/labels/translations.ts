const key = /\{i18n:([^{}]{1,200})\}/g

const words = (path: string): string => {
  const parts = path.trim().split('.')
  // `widgets.activity.title` is the title of something, and says of what.
  const last = (parts.length > 2 && parts.at(-1) === 'title' ? parts.at(-2) : parts.at(-1)) ?? ''
  const text = last.replaceAll(/[-_]+/g, ' ').trim()
  return text === '' ? path : text.charAt(0).toUpperCase() + text.slice(1)
}

/**
 * Texts of files can name a text of the platform that they come from (`{i18n:api-usage.data-points}`). Its texts are not
 * here, but their names say what they are: "Data points".
 */
export const withoutTranslations = (text: string): string =>
  text.includes('{i18n:') ? text.replaceAll(key, (_, path: string) => words(path)) : text
