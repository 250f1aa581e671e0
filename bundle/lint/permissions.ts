import type { JsonCursor, TextCursor } from './json-cursor';

/** The texts of the principals in the permissions of an asset, and of a link that shares a dashboard. */
export function principals(asset: JsonCursor): TextCursor[] {
  return [asset.get('permissions'), asset.get('linkSharingConfiguration', 'permissions')]
    .flatMap((permissions) => permissions.children())
    .flatMap((permission) => [permission.get('principal'), permission.get('principals')])
    .flatMap((principal) => principal.texts());
}

/** True for a text of a principal in the permissions of the asset. */
export function isPrincipal(asset: JsonCursor, text: TextCursor): boolean {
  return principals(asset).some(({ pointer }) => pointer === text.pointer);
}
