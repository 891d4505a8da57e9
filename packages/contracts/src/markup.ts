const tag = /<[a-z!/?]/i

/** Whether a text that others will see in pages and mails looks like HTML: a mistake or an attack (as ThingsBoard). */
export const hasMarkup = (text: string): boolean => tag.test(text)
