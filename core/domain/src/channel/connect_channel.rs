//! Connect a number of a workspace.

use super::{Channel, ChannelConnected, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::{SecretRef, Sensitive};
use crate::ids::{AppId, WorkspaceId};
use crate::limits::{
    DIALLED_NUMBER_CHARS_MAX, DIALLED_NUMBER_DIGITS_MAX, DIALLED_NUMBER_DIGITS_MIN,
    PLATFORM_ID_DIGITS_MAX, PLATFORM_ID_DIGITS_MIN, PLATFORMS,
};
use crate::personal::{Content, IdentityContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// People can write to the workspace at this number from now on. The second half of
/// reserve-then-connect: the number was reserved before, for this channel and this app. The number
/// as people dial it is sealed under the workspace's own key.
///
/// Who: a key with the scope `manage`, or the administrator. Refuses: a channel that is connected
/// (`already_exists`), a platform that is not one of [`PLATFORMS`], a missing name, ids that are
/// not 5 to 20 digits, a number that nobody could dial, an address that is not `https` (`http`
/// only where the caller allows it). A disconnected channel can be connected again, to the same
/// number only, so that its conversations go on.
#[derive(Clone, Debug)]
pub struct ConnectChannel {
    /// Whose channel: its key seals the number as people dial it.
    pub workspace: WorkspaceId,
    /// One of [`PLATFORMS`].
    pub platform: String,
    /// What its people call it.
    pub name: String,
    /// The app whose secret signs what arrives.
    pub app: AppId,
    /// Whether the app is the installation's.
    pub installation_app: bool,
    /// The platform's id of the number.
    pub phone_number_id: String,
    /// The platform's id of the business account.
    pub waba_id: String,
    /// The number as people dial it, such as `+55 11 5555-0100`.
    pub display_phone_number: Sensitive,
    /// The token with which Convolog sends; without one it only receives.
    pub access_token: Option<SecretRef>,
    /// Where the platform's API is.
    pub graph_url: String,
    /// Whether `graph_url` may be plain `http`: the caller found its host on the list of private
    /// hosts that the installation lets through.
    pub plain_http_allowed: bool,
}

impl Command for ConnectChannel {
    type Aggregate = Channel;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.connected {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this channel is connected"));
        }
        let ids = PLATFORM_ID_DIGITS_MIN..=PLATFORM_ID_DIGITS_MAX;
        let connected = ChannelConnected {
            platform: validate::one_of("type", &self.platform, &PLATFORMS)?,
            name: validate::name("name", &self.name)?,
            app: self.app,
            installation_app: self.installation_app,
            phone_number_id: validate::digits(
                "phone_number_id",
                &self.phone_number_id,
                ids.clone(),
            )?,
            waba_id: validate::digits("waba_id", &self.waba_id, ids)?,
            access_token: self.access_token,
            graph_url: validate::api_address(
                "graph_url",
                &self.graph_url,
                self.plain_http_allowed,
            )?,
        };
        let before = state.settings.as_ref().map(|settings| settings.phone_number_id.as_str());
        if before.is_some_and(|number| number != connected.phone_number_id) {
            return Err(Refusal::field(
                "phone_number_id",
                "a channel keeps its number; connect another number as a new channel",
            ));
        }
        let value = dialled_number(&self.display_phone_number)?;
        Ok(vec![Decision::new(connected).sealing(Personal {
            subject: self.workspace.into(),
            content: Content::Identity(IdentityContent { value }),
        })])
    }
}

/// A number with the usual signs between its digits, as it was given.
fn dialled_number(number: &Sensitive) -> Result<Sensitive, Refusal> {
    let number = number.expose().trim();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let rest = number.strip_prefix('+').unwrap_or(number);
    let plain = rest.bytes().all(|byte| byte.is_ascii_digit() || b" ()-.".contains(&byte));
    if plain
        && (DIALLED_NUMBER_DIGITS_MIN..=DIALLED_NUMBER_DIGITS_MAX).contains(&digits)
        && number.len() <= DIALLED_NUMBER_CHARS_MAX
    {
        return Ok(number.into());
    }
    Err(Refusal::field(
        "display_phone_number",
        format!(
            "must be a phone number of {DIALLED_NUMBER_DIGITS_MIN} to \
             {DIALLED_NUMBER_DIGITS_MAX} digits, such as +55 11 5555-0100"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::ChannelDisconnected;
    use crate::channel::fixtures::{DIALLED, WORKSPACE, connect, connected};
    use crate::testing::given;

    #[test]
    fn the_dialled_number_is_sealed_for_the_workspace() {
        given::<Channel>([])
            .when(connect())
            .then([connected().into()])
            .sealing([Personal {
                subject: WORKSPACE.into(),
                content: Content::Identity(IdentityContent { value: DIALLED.into() }),
            }])
            .claiming([]);
    }

    #[test]
    fn a_connected_channel_is_not_connected_twice() {
        given::<Channel>([connected().into()]).when(connect()).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn a_disconnected_channel_comes_back_with_the_same_number_only() {
        let before = || [connected().into(), ChannelDisconnected {}.into()];
        given::<Channel>(before()).when(connect()).then([connected().into()]);
        given::<Channel>(before())
            .when(ConnectChannel { phone_number_id: "9999999".into(), ..connect() })
            .refused(RefusalCode::InvalidField)
            .at("phone_number_id");
    }

    #[test]
    fn plain_http_is_for_allowed_hosts() {
        let graph_url = "http://127.0.0.1:9000".to_owned();
        let command = ConnectChannel { graph_url: graph_url.clone(), ..connect() };
        given::<Channel>([])
            .when(command.clone())
            .refused(RefusalCode::InvalidField)
            .at("graph_url");
        given::<Channel>([])
            .when(ConnectChannel { plain_http_allowed: true, ..command })
            .then([ChannelConnected { graph_url, ..connected() }.into()]);
    }

    #[test]
    fn each_bad_field_is_named() {
        let cases = [
            ("type", ConnectChannel { platform: "pigeon".into(), ..connect() }),
            ("name", ConnectChannel { name: String::new(), ..connect() }),
            ("phone_number_id", ConnectChannel { phone_number_id: "1234".into(), ..connect() }),
            ("waba_id", ConnectChannel { waba_id: "1".repeat(21), ..connect() }),
            ("graph_url", ConnectChannel { graph_url: "https://".into(), ..connect() }),
        ];
        for (field, command) in cases {
            given::<Channel>([]).when(command).refused(RefusalCode::InvalidField).at(field);
        }
    }

    #[test]
    fn what_nobody_could_dial_is_refused() {
        for bad in ["", "1234", "1234567890123456", "call me", "55+115555", &"  1".repeat(14)] {
            given::<Channel>([])
                .when(ConnectChannel { display_phone_number: bad.into(), ..connect() })
                .refused(RefusalCode::InvalidField)
                .at("display_phone_number");
        }
    }
}
