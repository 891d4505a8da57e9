import type { NodeCase } from '../node-case.ts'

const data = '{"temperature":21,"humidity":null,"nested":{"a":1}}'
const metadata = { deviceName: 'T', empty: '' }
const message = { data, metadata }

export const cases: NodeCase[] = [
  { title: 'has nothing to ask for by default, which is satisfied', leaves: [{ by: 'True' }] },
  {
    title: 'passes a message that has every key of both lists',
    config: { messageNames: ['temperature'], metadataNames: ['deviceName'] },
    messages: [message],
    leaves: [{ by: 'True', data, metadata }],
  },
  {
    title: 'takes null and empty text for present',
    config: { messageNames: ['humidity'], metadataNames: ['empty'] },
    messages: [message],
    leaves: [{ by: 'True' }],
  },
  {
    title: 'refuses when one of several keys is missing',
    config: { messageNames: ['temperature', 'pressure'], metadataNames: ['deviceName'] },
    messages: [message],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'refuses when a metadata key is missing',
    config: { messageNames: ['temperature'], metadataNames: ['deviceType'] },
    messages: [message],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'is content with any key when it need not be all of them',
    config: { messageNames: ['pressure'], metadataNames: ['deviceName'], checkAllKeys: false },
    messages: [message],
    leaves: [{ by: 'True' }],
  },
  {
    title: 'finds nothing in empty lists when one key has to be there',
    config: { checkAllKeys: false },
    messages: [message, { data: '{}' }],
    leaves: [{ by: 'False' }, { by: 'False' }],
  },
  {
    title: 'looks at the top level only',
    config: { messageNames: ['a', 'nested.a'], checkAllKeys: false },
    messages: [message],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'knows no inherited members',
    config: { messageNames: ['constructor'], metadataNames: ['toString'], checkAllKeys: false },
    messages: [message],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'fails for data that is no object, when it has to look into it',
    config: { messageNames: ['temperature'] },
    messages: [{ data: '[1]' }, { data: 'text' }],
    leaves: [
      { by: 'Failure', error: 'Message body is not an object!' },
      { by: 'Failure', error: 'Message body is not an object!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'does not read data that it need not look into',
    config: { metadataNames: ['deviceName'] },
    messages: [{ data: 'text', metadata }],
    leaves: [{ by: 'True' }],
  },
]
