/** A town with invented house addresses; `dialling` starts its telephone numbers. */
export type Place = { readonly city: string; readonly country: string; readonly dialling: string; readonly streets: readonly string[] };

const place = (city: string, country: string, dialling: string, streets: string): Place => ({
  city,
  country,
  dialling,
  streets: streets.split(', '),
});

/** Where the company's people live. */
export const places: readonly Place[] = [
  place('Utrecht', 'NL', '+31 30', 'Oudegracht, Biltstraat, Nachtegaalstraat, Laan van Engelswier'),
  place('Groningen', 'NL', '+31 50', 'Herestraat, Zwanestraat, Turfsingel'),
  place('Hamburg', 'DE', '+49 40', 'Lange Reihe, Große Bergstraße, Schanzenweg, Mühlenkamp'),
  place('München', 'DE', '+49 89', 'Rosenheimer Straße, Türkenstraße, Am Glockenbach'),
  place('Cork', 'IE', '+353 21', "Patrick's Hill, Barrack Street, Shandon Row"),
  place('Oslo', 'NO', '+47 22', 'Grünerløkka, Torggata, Møllergata'),
  place('Malmö', 'SE', '+46 40', 'Ängelholmsgatan, Möllevångsgatan, Södra Förstadsgatan'),
  place('Lyon', 'FR', '+33 4', "Rue de l'Annonciade, Quai Saint-Antoine, Rue Mercière"),
  place('Kraków', 'PL', '+48 12', 'ulica Długa, ulica Świętego Jana, Rynek Dębnicki'),
  place('חיפה', 'IL', '+972 4', 'שדרות הנשיא, רחוב הרצל, רחוב אלנבי'),
  place('東京', 'JP', '+81 3', '神楽坂, 本郷通り, 浅草通り'),
  place('Leeds', 'GB', '+44 113', "King's Parade, Otley Road, St Mark's Lane"),
];
