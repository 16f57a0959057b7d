// What server.js uses of ServiceNow's server side. Each call may throw or give something else than it says.

declare const gs: {
  getProperty(name: string): unknown;
  getSession(): { getRoles(): unknown; getSessionToken(): unknown };
  getSessionToken(): unknown;
  getUser(): { getEmail(): unknown; getRoles(): unknown };
  getUserDisplayName(): unknown;
  getUserID(): unknown;
  getUserName(): unknown;
};

declare const RP: { getParameterValue(name: string): unknown };

declare class GlideRecord {
  constructor(table: string);
  addQuery(column: string, value: unknown): void;
  getUniqueValue(): unknown;
  getValue(column: string): unknown;
  isValid(): boolean;
  isValidField(column: string): boolean;
  next(): boolean;
  query(): void;
  setLimit(rows: number): void;
}

/** scripts/servicenow/pack.js fills these in. */
declare const SOFTPHONE_VERSION: string;
declare const SOFTPHONE_TABLE: string;
declare const SOFTPHONE_COLUMNS: Record<string, string>;
declare const SOFTPHONE_PROPERTIES: readonly string[];
