import { type ChainTest, chainTestsMember, type RuleChainFile, type RuleNode } from '@thingwire/contracts'
import type { NodeManifest } from '@thingwire/rules'
import { z } from 'zod'

/**
 * A rule chain for a common job, made to measure: a person answers a few questions and gets a chain that works, with tests
 * that pass for these very answers.
 */
export type ChainTemplate<P extends z.ZodObject = z.ZodObject> = {
  /** kebab-case. */
  id: string
  title: string
  /** One sentence, shown where a template is chosen. */
  summary: string
  /** A lucide icon name that some node has, too. */
  icon: string
  /** Titles and descriptions of its members are the labels and hints of the form. */
  parameters: P
  defaults: z.input<P>
  build(values: z.output<P>): RuleChainFile
}

/** A template for whoever does not know its parameters: values of any kind go in, and come out as a chain or as problems. */
export type AnyTemplate = Omit<ChainTemplate, 'build' | 'defaults'> & {
  defaults: Readonly<Record<string, unknown>>
  fill(values: unknown): { ok: true; file: RuleChainFile } | { ok: false; error: z.ZodError }
}

export const defineTemplate = <P extends z.ZodObject>({ build, defaults, ...rest }: ChainTemplate<P>): AnyTemplate => ({
  ...rest,
  defaults: { ...defaults },
  fill: (values) => {
    const parsed = rest.parameters.safeParse(values)
    return parsed.success ? { ok: true, file: build(parsed.data) } : { ok: false, error: parsed.error }
  },
})

type Drawing = {
  name: string
  description: string
  /** Markdown: what the chain is for and how messages come to it. */
  note: string
  /** The first one is the entry. */
  nodes: readonly RuleNode[]
  /** From a node, by a label, to a node; by their names. */
  wires: readonly (readonly [from: string, label: string, to: string])[]
  tests: readonly ChainTestInput[]
}
type ChainTestInput = Pick<ChainTest, 'name'> & Readonly<Record<string, unknown>>

/** Columns and rows of the drawing, in the units of the file. */
const place = ([column, row]: readonly [number, number]) => ({ layoutX: 60 + column * 260, layoutY: 180 + row * 100 })

/** A node with the settings of a newly placed one, changed by `configuration`. */
export const node = (
  manifest: NodeManifest,
  name: string,
  at: readonly [column: number, row: number],
  configuration: Readonly<Record<string, unknown>> = {},
): RuleNode => ({
  type: manifest.className,
  name,
  singletonMode: false,
  queueName: null,
  configurationVersion: manifest.configVersion,
  configuration: { ...z.record(z.string(), z.unknown()).parse(manifest.defaults), ...configuration },
  additionalInfo: { description: '', ...place(at) },
})

/** A file as an export would write it, with its tests and a note beside the drawing. */
export const chainFile = ({ name, description, note, nodes, wires, tests }: Drawing): RuleChainFile => {
  const indexOf = (wanted: string) => {
    const index = nodes.findIndex((one) => one.name === wanted)
    if (index < 0) throw new Error(`The drawing has no node “${wanted}”`)
    return index
  }
  return {
    ruleChain: {
      name,
      type: 'CORE',
      root: false,
      debugMode: false,
      additionalInfo: { description, [chainTestsMember]: tests },
    },
    metadata: {
      firstNodeIndex: 0,
      nodes: [...nodes],
      connections: wires.map(([from, type, to]) => ({ fromIndex: indexOf(from), toIndex: indexOf(to), type })),
      notes: [{ id: 'about', x: 60, y: 50, width: 560, height: 90, content: note, color: 'grey' }],
    },
  }
}

/** A script that is the same in both languages. */
export const bothLanguages = (script: string) => ({ scriptLang: 'TBEL', jsScript: script, tbelScript: script })
export const bothDetails = (script: string) => ({
  scriptLang: 'TBEL',
  alarmDetailsBuildJs: script,
  alarmDetailsBuildTbel: script,
})

const plainName = /^[A-Za-z_]\w*$/
/** How a script reads a member of the data, whatever its name. */
export const member = (key: string): string => (plainName.test(key) ? `msg.${key}` : `msg[${JSON.stringify(key)}]`)
