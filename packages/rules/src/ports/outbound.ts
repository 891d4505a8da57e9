import type { SmsProvider } from '@thingwire/contracts'
import type { Settled } from './entities.ts'

/** PEM texts; null or empty: none. */
export type PemFiles = { ca: string | null; cert: string | null; key: string | null; passphrase: string | null }

export type ProxySettings = { host: string; port: number; user: string | null; password: string | null }

export type HttpRequest = {
  method: string
  /** Encoded as it goes out. */
  url: string
  headers: Readonly<Record<string, string>>
  body: string | null
}
export type HttpAnswer = {
  status: number
  /** The usual words for that number. */
  reason: string
  /** Names as the server spelt them. */
  headers: readonly (readonly [name: string, values: readonly string[]])[]
  body: string
}

export type KafkaRequest = {
  topic: string
  key: string | null
  value: string
  headers: readonly (readonly [name: string, value: string])[]
}

export type MailRequest = {
  from: string | null
  to: string
  cc: string | null
  bcc: string | null
  subject: string
  body: string
  isHtml: boolean
  /** Pictures inside the text, by content id: data of any kind, base64. */
  images: Readonly<Record<string, string>>
}

export type SmtpSettings = {
  host: string
  port: number
  protocol: 'smtp' | 'smtps'
  username: string | null
  password: string | null
  timeoutMs: number
  enableTls: boolean
  tlsVersion: string
  proxy: ProxySettings | null
}

export type AwsSettings = { accessKeyId: string; secretAccessKey: string; region: string }

/** What is asked of each kind of external system, and what it answers. Settings may hold secrets, requests do not. */
export type OutboundKinds = {
  http: {
    settings: {
      /** 0: as long as any call may take here. */
      timeoutMs: number
      mostAnswerBytes: number
      /** `system`: the one that the environment of the server names. */
      proxy: ProxySettings | 'system' | null
      tls: PemFiles | null
    }
    request: HttpRequest
    answer: HttpAnswer
  }
  kafka: {
    settings: {
      bootstrapServers: string
      acks: -1 | 0 | 1
      retries: number
      /** Of header values: a name as Java has it. */
      headersCharset: string
      /** Of Java's client, by their names. */
      properties: Readonly<Record<string, string>>
    }
    request: KafkaRequest
    answer: { topic: string; partition: number; offset: string }
  }
  mqtt: {
    settings: {
      host: string
      port: number
      connectTimeoutMs: number
      clientId: string | null
      cleanSession: boolean
      protocolVersion: 3 | 4 | 5
      tls: PemFiles | null
      login: { username: string; password: string } | null
      /** Of an Azure IoT hub: user name and password follow from host and client id. */
      azure: { sasKey: string | null } | null
    }
    request: { topic: string; payload: string; isRetained: boolean }
    answer: null
  }
  rabbitmq: {
    settings: {
      host: string
      port: number
      virtualHost: string
      username: string
      password: string
      connectionTimeoutMs: number
      handshakeTimeoutMs: number
      clientProperties: Readonly<Record<string, string>>
    }
    request: {
      exchange: string
      routingKey: string
      body: string
      properties: { contentType?: string; deliveryMode?: 1 | 2; priority?: number } | null
    }
    answer: null
  }
  'aws-lambda': {
    settings: AwsSettings & { connectionTimeoutMs: number; requestTimeoutMs: number }
    request: { functionName: string; qualifier: string; payload: string }
    answer: { requestId: string; payload: string | null; functionError: string | null }
  }
  'aws-sns': {
    settings: AwsSettings
    /** `groupId`: of a FIFO topic. */
    request: { topicArn: string; message: string; groupId: string }
    answer: { messageId: string; requestId: string }
  }
  'aws-sqs': {
    settings: AwsSettings
    request: {
      queueUrl: string
      body: string
      delaySeconds: number
      attributes: Readonly<Record<string, string>>
      fifo: { deduplicationId: string; groupId: string } | null
    }
    /** Members by the names of the metadata; only those that the service sent. */
    answer: Readonly<Record<string, string>>
  }
  'gcp-pubsub': {
    settings: { serviceAccountKey: string }
    request: { projectId: string; topic: string; data: string; attributes: Readonly<Record<string, string>> }
    answer: { messageId: string }
  }
  mail: {
    /** null: the mail server of the platform. */
    settings: { smtp: SmtpSettings | null }
    request: MailRequest
    answer: null
  }
  sms: {
    /** null: the provider of the platform. */
    settings: { provider: SmsProvider | null }
    request: { number: string; text: string }
    answer: null
  }
  slack: {
    /** null: the bot of the platform. */
    settings: { botToken: string | null }
    request: { channel: string; text: string }
    answer: null
  }
}

export type OutboundKind = keyof OutboundKinds

/** One effect. `key` is the same whenever the same message comes to the same node again: receivers can tell repetitions. */
export type Sending<K extends OutboundKind = OutboundKind> = { key: string; request: OutboundKinds[K]['request'] }

export type OutboundClient<K extends OutboundKind = OutboundKind> = {
  /**
   * What became of each, in order: what fails one of them fails no other. Does not reject; when the signal aborts, what is
   * not done yet has failed.
   */
  send(sendings: readonly Sending<K>[], signal: AbortSignal): Promise<Settled<OutboundKinds[K]['answer']>[]>
  /** What is under way ends, or is given up soon. */
  close(): Promise<void>
}

export type OutboundPort = {
  /** The server acknowledges messages before it calls other systems, and goes on with what became of them later. */
  forcesAck: boolean
  /** The largest answer that a node may ask for, KB. */
  mostAnswerKb: number
  /**
   * Nothing is connected before something is sent. Throws an AppError for settings that can never work. Nodes with equal
   * settings share what is connected; how many calls are under way is counted for each of them alone.
   */
  open<K extends OutboundKind>(kind: K, settings: OutboundKinds[K]['settings'], of: OutboundUser): OutboundClient<K>
}

export type OutboundUser = {
  nodeName: string
  /** Calls of this client under way at a time; 0: as many as any client may have. */
  mostInFlight?: number
  /** Hears why nothing can be sent at present, and null when it can again. */
  suspended(reason: string | null): void
}
