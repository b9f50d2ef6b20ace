/**
 * What the buttons of consent banners say, in thirteen languages, as patterns for a whole button in lower case.
 * Leaves out: finding the button.
 */

const accept = [
	"(i )?(accept|agree|consent)( to)?( all)?( cookies)?( (&|and) (close|continue|proceed))?",
	"(allow|enable)( all)?( cookies)?|got it|ok(ay)?|yes(, (i )?(accept|agree))?|that's (ok|fine)",
	"(jeg |eg )?(godtar?|godtek|godkjenner?|aksepterer?|samtykker?|tillat(er)?)( alle?| alt)?( informasjonskapsler| cookies| kaker)?|ja( takk)?|greit",
	"(jag )?(acceptera|accepterar|godkänn|godkänner|tillåt)( alla)?( cookies| kakor)?",
	"(jeg )?(accepter|acceptér|tillad|godkend)( alle)?( cookies)?",
	"(alle[sn]? )?(cookies )?(akzeptieren|zulassen|erlauben|annehmen|zustimmen)( und (schließen|weiter))?|(ich )?stimme zu|einverstanden|ja",
	"(tout )?(accepter|autoriser)( tout| tous les cookies| les cookies| et (fermer|continuer))?|j.accepte|d.accord|oui",
	"(aceptar|permitir)( todo| todas?)?( las)?( cookies)?( y (cerrar|continuar))?|acepto|de acuerdo|sí",
	"(accetta|consenti)( tutti| tutto)?( i cookie)?( e (chiudi|continua))?|accetto|acconsento",
	"(alles? |alle cookies |cookies )?(accepteren|toestaan)|accepteer( alle)?( cookies)?|(ik ga )?akkoord",
	"(aceitar|permitir)( todos| tudo)?( os)?( cookies)?|aceito|concordo",
	"(hyväksyn?|salli)( kaikki)?( evästeet)?",
	"(za)?akceptuj(ę)?( wszystkie)?|zgadzam się|zezwól na wszystkie",
];

const decline = [
	"(i )?(reject|decline|refuse|deny|disagree|disallow)( to)?( all)?( (optional|non-essential|unnecessary))?( cookies)?|no( thanks| thank you)?|(continue|proceed) without (accepting|agreeing|consent)",
	"(use |accept |allow )?(only )?(strictly )?(necessary|essential|required)( cookies)?( only)?|only (necessary|essential)( cookies)?",
	"(jeg )?(avslå|avslår|avvis|avviser|avslå alle|nekt)( alle| alt)?( informasjonskapsler| cookies)?|nei( takk)?|(bare|kun|godta (bare|kun)) (de )?(nødvendige|naudsynte)( informasjonskapsler| cookies)?",
	"(avvisa|neka|avböj)( alla)?( cookies| kakor)?|nej( tack)?|(endast|bara|acceptera endast|tillåt endast) nödvändiga( cookies| kakor)?",
	"(afvis|afslå)( alle)?( cookies)?|nej( tak)?|(kun|accepter kun|tillad kun) nødvendige( cookies)?",
	"(alle[sn]? )?(cookies )?(ablehnen|verweigern)|nein( danke)?|(nur )?(notwendige|erforderliche|essenzielle|technisch notwendige)( cookies)?( akzeptieren| zulassen)?|nicht zustimmen|ohne einwilligung fortfahren",
	"(tout )?refuser( tout| tous les cookies| les cookies)?|je refuse|non( merci)?|continuer sans accepter|(cookies )?nécessaires uniquement|uniquement les (cookies )?nécessaires",
	"(rechazar|denegar)( todo| todas?)?( las)?( cookies)?|rechazo|no(, gracias| acepto)?|(solo|sólo|aceptar solo) (las )?(cookies )?necesarias|continuar sin aceptar",
	"(rifiuta|nega)( tutti| tutto)?( i cookie)?|no,? grazie|solo (cookie )?necessari|continua senza accettare",
	"(alles? |alle cookies |cookies )?(weigeren|afwijzen)|weiger( alle)?( cookies)?|nee( bedankt)?|alleen noodzakelijke?( cookies)?",
	"(rejeitar|recusar)( todos| tudo)?( os)?( cookies)?|não( aceito)?|(apenas|somente) (os )?(cookies )?necessários",
	"(hylkää|kiellä)( kaikki)?( evästeet)?|vain välttämättömät( evästeet)?",
	"odrzuć( wszystkie)?|nie zgadzam się|tylko niezbędne",
];

/** Leads from the first layer to one where declining is possible. */
const settings = [
	"(manage|more|show|cookie|privacy|customi[sz]e)( my)?( cookies?)? ?(options|choices|settings|preferences|details)?|customi[sz]e|settings|preferences|options|let me choose",
	"(vis |flere |tilpass|administrer|endre)? ?(innstillinger|valg|detaljer|val|preferanser)|tilpass|konfigurere?r?|la meg velge|innstillinger for informasjonskapsler",
	"(visa |anpassa )?(inställningar|detaljer|alternativ)|anpassa|hantera( cookies| kakor)?|(vis |tilpas )?(indstillinger|detaljer)|tilpas",
	"(cookie-?|privatsphäre-?|datenschutz-?)?einstellungen( anzeigen| verwalten)?|anpassen|mehr optionen|optionen( verwalten)?|details( anzeigen)?",
	"(gérer|paramétrer|personnaliser)( les| mes)?( cookies| choix| préférences)?|paramètres|plus d.options|en savoir plus",
	"(configurar|gestionar|personalizar)( las)?( cookies| opciones| preferencias)?|más opciones|configuración",
	"personalizza|gestisci( preferenze| opzioni)?|impostazioni|instellingen( beheren)?|aanpassen|personalizar|definições|asetukset|ustawienia|muokkaa",
];

/** Keeps what is ticked on a second layer, where nothing is ticked that the visitor did not tick. */
const save = [
	"(save|confirm)( my)?( choices?| selection| preferences| settings)?( and (close|exit))?|accept selection|allow selection",
	"(lagre|bekreft|lagra)( mine| mitt)?( valg| val| innstillinger)?|(spara|bekräfta)( mina)?( val| inställningar)?|(gem|bekræft)( mine)?( valg)?",
	"(auswahl|einstellungen) (speichern|bestätigen|erlauben)|speichern|(enregistrer|confirmer)( mes)?( choix)?|(guardar|confirmar)( mi)?( selección| preferencias| configuración)?",
	"(salva|conferma)( le)?( scelte| preferenze)?|(voorkeuren |selectie )?(opslaan|bewaren)|(guardar|salvar)( preferências| escolhas)?|tallenna( valinnat)?|zapisz( wybór| ustawienia)?",
];

/** Opens the choices again, from anywhere on the page. */
const reopen = [
	"(manage |change |update |withdraw )?(my |your )?(cookies?|privacy|consent)( settings| choices| preferences| options)?",
	"personvernvalg(ene)?|(endre |administrer )?(samtykke|cookies|informasjonskapsler)( ?innstillinger)?|innstillinger for (informasjonskapsler|personvern|samtykke)|cookie-?innstillinger|trekk (tilbake )?samtykke",
	"(hantera |ändra )?(cookie-?inställningar|kakor|samtycke|cookies)|integritetsval|cookie-?indstillinger|(ændr |skift )?samtykke",
	"(cookie-?|datenschutz-?|privatsphäre-?)(einstellungen|präferenzen)|einwilligung (ändern|widerrufen)|cookies verwalten",
	"(gérer |paramétrer )?(les |mes )?(cookies|consentement)|(gestionar |configurar )?(las )?(cookies|preferencias de privacidad)|preferenze (cookie|privacy)|cookie-?instellingen",
];

/** What a box is about, if it is a consent banner: in its text, its id or its classes. */
export const about =
	"cookie|consent|gdpr|privacy|samtyk|informasjonskaps|personvern|kakor|integritet|datenschutz|einwillig|confidentialit|traceurs|privacidad|consentimiento|riservatezza|toestemming|consentimento|eväste|tietosuoj|ciasteczk|prywatno";

const whole = (list: string[]) => `^(?:${list.join("|")})[ .!…→›»✓]*$`;

export const words = {
	accept: whole(accept),
	decline: whole(decline),
	settings: whole(settings),
	save: whole(save),
	reopen: whole(reopen),
};
