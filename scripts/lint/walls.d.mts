/** See walls.mjs. */
export declare const walls: { readonly rules: Readonly<Record<string, object>> };
/** Rooms that lie on the disk but have no wall yet. */
export declare function roomsWithoutWall(): readonly string[];
