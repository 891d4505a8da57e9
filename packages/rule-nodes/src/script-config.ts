import { z } from 'zod'

/** The settings that every node with a script has (as ThingsBoard): one body for each language, and which one is used. */
export const scriptSettings = (returns: string, args = 'msg, metadata and msgType') => ({
  scriptLang: z.enum(['TBEL', 'JS']).nullish().meta({
    title: 'Script language',
    description: 'Which of the two scripts is used; JavaScript when left open.',
    editor: 'script-language',
  }),
  jsScript: z
    .string()
    .nullish()
    .meta({
      title: 'JavaScript',
      description: `Body of a function of ${args} that returns ${returns}.`,
      editor: 'script',
    }),
  tbelScript: z.string().nullish().meta({ title: 'TBEL', description: 'The same in TBEL.', editor: 'script' }),
})
