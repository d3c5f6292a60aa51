//! The type of a client crate's own calls: setters of operations can only be methods of a type of that crate.
//!
//! A method that is added here, or in `own_blocking_call.rs`, takes its name from parameters: list it in the generator's
//! `names` too, and raise the revision (`generated.rs`).

/// Declares `Call` in the root of a client crate: a [`Call`](crate::Call) of its own, which has methods of the runtime
/// here, and a setter for each optional parameter in the crate.
#[doc(hidden)]
#[macro_export]
macro_rules! own_call {
    () => {
        /// An operation, the client to send it with, and what is special about this call. It has the setters of its
        /// operation.
        ///
        /// An optional parameter that is called like a method here has the setter `with_` and its name.
        #[derive(Debug)]
        #[must_use = "a call is sent by `send` or `.await`"]
        pub struct Call<'c, O> {
            operation: O,
            call: $crate::Call<'c, ()>,
        }

        impl<'c, O> Call<'c, O> {
            /// Changes the operation as a whole.
            pub fn with(self, set: impl ::core::ops::FnOnce(O) -> O) -> Self {
                Self {
                    operation: set(self.operation),
                    ..self
                }
            }

            /// The operation.
            pub const fn operation(&self) -> &O {
                &self.operation
            }

            /// The operation, to be kept or called later.
            pub fn into_operation(self) -> O {
                self.operation
            }

            /// Adds a header that the document does not have, or replaces one.
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    call: self.call.header(name, value),
                    ..self
                }
            }

            /// Sends a query parameter with this text, in place of what the operation sends under that name. It may be
            /// given several times, and the document need not have it.
            pub fn query_text(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                text: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    call: self.call.query_text(name, text),
                    ..self
                }
            }

            /// Sends this value as JSON, in place of the body that the operation has. The document need not have one.
            pub fn json_body<T: $crate::Serialize + ?::core::marker::Sized>(
                self,
                value: &T,
            ) -> Self {
                Self {
                    call: self.call.json_body(value),
                    ..self
                }
            }

            /// Sends this body in place of the one that the operation has. The document need not have one. Its media type
            /// is that of the operation's body, or the header `Content-Type` of [`header`](Self::header).
            pub fn raw_body(self, body: impl ::core::convert::Into<$crate::Body>) -> Self {
                Self {
                    call: self.call.raw_body(body),
                    ..self
                }
            }

            /// Sends this text for a parameter of the path, percent-encoded, in place of what the operation sends for it.
            pub fn path_segment(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                text: &str,
            ) -> Self {
                Self {
                    call: self.call.path_segment(name, text),
                    ..self
                }
            }

            /// Sends this text for a parameter of the path as it is: it may have slashes and escapes of its own. What no
            /// path can have, and what would lead out of it (`..`), is refused when the call is sent.
            pub fn raw_path_segment(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                text: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    call: self.call.raw_path_segment(name, text),
                    ..self
                }
            }

            /// Sends this call without a credential, also where the document asks for one.
            pub fn anonymous(self) -> Self {
                Self {
                    call: self.call.anonymous(),
                    ..self
                }
            }

            /// Limits the whole call, retries and waits included.
            pub fn timeout(self, time: ::core::time::Duration) -> Self {
                Self {
                    call: self.call.timeout(time),
                    ..self
                }
            }

            /// Retries this call otherwise than the client's others.
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self {
                    call: self.call.retry(retry),
                    ..self
                }
            }

            /// The reading of an answer that is not what the document says, in place of the client's.
            pub fn reading(self, reading: $crate::Reading) -> Self {
                Self {
                    call: self.call.reading(reading),
                    ..self
                }
            }

            /// The reading of some members of the answer, by a pattern of their places, as
            /// `Builder::reading_of` has it for all calls; `""` is the whole answer.
            pub fn reading_of(
                self,
                pattern: impl ::core::convert::Into<::std::string::String>,
                reading: $crate::MemberReading,
            ) -> Self {
                Self {
                    call: self.call.reading_of(pattern, reading),
                    ..self
                }
            }

            /// Opens a stream of events again when it breaks off. Without this its end is an error.
            pub fn reconnect(self, reconnect: $crate::Reconnect) -> Self {
                Self {
                    call: self.call.reconnect(reconnect),
                    ..self
                }
            }

            /// Asks for an answer only if there is another version than this: else the server answers 304, see
            /// [`send_if_modified`](Self::send_if_modified).
            pub fn if_none_match(self, version: &$crate::ETag) -> Self {
                Self {
                    call: self.call.if_none_match(version),
                    ..self
                }
            }

            /// Acts only on this version: if there is another by now, the server answers 412. It never is a weak one.
            pub fn if_match(self, version: &$crate::ETag) -> Self {
                Self {
                    call: self.call.if_match(version),
                    ..self
                }
            }

            /// Acts only if there is nothing yet: else the server answers 412.
            pub fn if_absent(self) -> Self {
                Self {
                    call: self.call.if_absent(),
                    ..self
                }
            }
        }

        impl<'c, O: $crate::Operation> Call<'c, O> {
            /// Sends the call and decodes the answer. Dropping the future cancels it.
            ///
            /// # Errors
            /// Whatever `Error` lists.
            pub fn send(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    $crate::Response<O::Success>,
                    $crate::Error<O::Failure>,
                >,
            > + ::core::marker::Send {
                self.call.of(self.operation).send()
            }

            /// Sends the call like [`send`](Self::send); none where the server answers that nothing was modified (304).
            ///
            /// # Errors
            /// Those of [`send`](Self::send).
            pub fn send_if_modified(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    ::core::option::Option<$crate::Response<O::Success>>,
                    $crate::Error<O::Failure>,
                >,
            > + ::core::marker::Send {
                self.call.of(self.operation).send_if_modified()
            }

            /// Sends the call and gives whatever is answered: any status, the headers, and the body in memory, undecoded.
            /// Credentials, retries and limits are those of [`send`](Self::send).
            ///
            /// # Errors
            /// When nothing could be sent, no answer came, or the body is larger than the client accepts.
            pub fn raw(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    $crate::Response<$crate::private::Bytes>,
                    $crate::Error<::core::convert::Infallible>,
                >,
            > + ::core::marker::Send {
                self.call.of(self.operation).raw()
            }

            /// Sends the call and reads a success as another type than the document's: for a server whose answer is
            /// never what its document says. `ReadAs` lists the types: `read_as::<Vec<Pet>>()` is JSON,
            /// `read_as::<ItemStream<Pet>>()` is read item by item. Departures from that type are corrected and told like
            /// others, and failures are those of the document.
            ///
            /// # Errors
            /// Whatever `Error` lists.
            pub fn read_as<T: $crate::ReadAs>(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<$crate::Response<T>, $crate::Error<O::Failure>>,
            > + ::core::marker::Send {
                self.call.of(self.operation).read_as::<T>()
            }

            /// Sends the call and gives whatever is answered, with the body as it arrives, undecoded. Credentials,
            /// retries and limits on time are those of [`send`](Self::send); the size of the body is not limited.
            ///
            /// # Errors
            /// When nothing could be sent, or no answer came.
            pub fn raw_stream(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    $crate::Response<$crate::Body>,
                    $crate::Error<::core::convert::Infallible>,
                >,
            > + ::core::marker::Send {
                self.call.of(self.operation).raw_stream()
            }

            /// Sends the call, and where the answer says that the work goes on (`202 Accepted` with `Location`, or
            /// `Operation-Location`), asks there until it has ended. Yields the last answer: the operation's own result.
            ///
            /// Credentials are those of the operation, and the place must be of the same origin.
            ///
            /// # Errors
            /// When the work ends in failure, or not in time, or a call fails.
            pub async fn send_and_wait(
                self,
                polling: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Failed, O::Failure>,
            > {
                self.call.of(self.operation).send_and_wait(polling).await
            }

            /// Repeats the call until its answer says that what it tells of has ended:
            /// `client.get_job(id).wait(Polling::new())`.
            ///
            /// # Errors
            /// When it ends in failure, or not in time, or a call fails.
            pub async fn wait(
                self,
                polling: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Response<O::Success>, O::Failure>,
            >
            where
                O: $crate::Polled,
            {
                self.call.of(self.operation).wait(polling).await
            }

            /// The pages of the list, each fetched when it is asked for.
            pub fn pages(self) -> $crate::Pages<'c, O>
            where
                O: $crate::Paginated,
            {
                self.call.of(self.operation).pages()
            }

            /// The items of all pages of the list.
            pub fn items(self) -> $crate::Items<'c, O>
            where
                O: $crate::Paginated,
            {
                self.call.of(self.operation).items()
            }

            /// Asks for a stream, and says so in the request where the document has a place for that. Parameters are set
            /// before.
            pub fn stream(self) -> Call<'c, $crate::AsStream<O>>
            where
                O: $crate::Streamed,
            {
                let mut operation = self.operation;
                $crate::Streamed::ask(&mut operation);
                Call {
                    operation: $crate::AsStream(operation),
                    call: self.call,
                }
            }

            /// Asks for server-sent events: [`stream`](Self::stream) where items are events.
            pub fn events<T>(self) -> Call<'c, $crate::AsStream<O>>
            where
                O: $crate::Streamed<Item = $crate::Event<T>>,
            {
                self.stream()
            }
        }

        $crate::own_blocking_call!();

        /// `client.get_pet(7).await` is the same as `client.get_pet(7).send().await`, with one allocation more.
        impl<'c, O: $crate::Operation + 'c> ::core::future::IntoFuture for Call<'c, O> {
            type Output =
                ::core::result::Result<$crate::Response<O::Success>, $crate::Error<O::Failure>>;
            type IntoFuture = $crate::BoxFuture<'c, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }

        impl<'c, O> ::core::convert::From<$crate::Call<'c, O>> for Call<'c, O> {
            fn from(call: $crate::Call<'c, O>) -> Self {
                let (operation, call) = call.apart();
                Self { operation, call }
            }
        }

        /// A call as functions of all APIs take it.
        impl<'c, O> ::core::convert::From<Call<'c, O>> for $crate::Call<'c, O> {
            fn from(call: Call<'c, O>) -> Self {
                call.call.of(call.operation)
            }
        }
    };
}
