/**
 * A DNS server with hot reload, embedded: authoritative, over UDP and TCP, configured by a Corefile as CoreDNS is.
 *
 * The way through it: `Engine` (engine.ts) holds the sockets (listeners.ts, listener.ts) and the current `Instance`
 * (instance.ts). An instance is one Corefile (corefile/) whose blocks (block.ts) were set up by the directives
 * (directives.ts, plugins/); each address it listens on has a `Server` (server.ts), which decodes packets (wire/) and
 * asks the block's chain of handlers; most of these answer from zones (zone/). What anything acquires, it acquires through a
 * `Scope` (scope.ts) under a label, and a build (builds.ts) is nothing but the labels whose cleanup is left out.
 * @module
 */
export { BUILDS, type Build, type BuildName } from './builds.ts';
export { CorefileError } from './corefile/error.ts';
export { type ParseInput, parseCorefile, type ServerBlock } from './corefile/parser.ts';
export { DIRECTIVES } from './directives.ts';
export { Engine, type EngineOptions } from './engine.ts';
export { Instance } from './instance.ts';
export type { Log, LogLevel } from './log.ts';
export type { Controller, Directive, Handler, Plugin, Query, Reply } from './plugin.ts';
export { ACQUIRED, type Acquisition, type CleanupLabel, SCOPE_FILE } from './scope.ts';
export { type ParseZoneInput, parseMasterFile } from './zone/master-file.ts';
export type { Name, ResourceRecord } from './zone/record.ts';
export { Zone } from './zone/zone.ts';
export { ZoneFileError } from './zone/zone-file-error.ts';
