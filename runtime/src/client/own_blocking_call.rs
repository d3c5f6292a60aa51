//! The part of `own_call.rs` that is for threads without an async runtime.

/// The methods of calls for threads without an async runtime.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! own_blocking_call {
    () => {
        impl<O: $crate::Operation> Call<'_, O> {
            /// Sends the call and waits for the answer.
            ///
            /// # Errors
            /// Those of [`send`](Self::send); also when this thread belongs to an async runtime.
            pub fn send_blocking(
                self,
            ) -> ::core::result::Result<$crate::Response<O::Success>, $crate::Error<O::Failure>>
            {
                self.call.of(self.operation).send_blocking()
            }

            /// Sends the call and waits for the result of what it begins.
            ///
            /// # Errors
            /// Those of [`send_and_wait`](Self::send_and_wait); also when this thread belongs to an async runtime.
            pub fn send_and_wait_blocking(
                self,
                polling: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Failed, O::Failure>,
            > {
                self.call.of(self.operation).send_and_wait_blocking(polling)
            }

            /// Repeats the call until its answer says that what it tells of has ended.
            ///
            /// # Errors
            /// Those of [`wait`](Self::wait); also when this thread belongs to an async runtime.
            pub fn wait_blocking(
                self,
                polling: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Response<O::Success>, O::Failure>,
            >
            where
                O: $crate::Polled,
            {
                self.call.of(self.operation).wait_blocking(polling)
            }

            /// Sends the call and waits for whatever is answered, undecoded.
            ///
            /// # Errors
            /// Those of [`raw`](Self::raw); also when this thread belongs to an async runtime.
            pub fn raw_blocking(
                self,
            ) -> ::core::result::Result<
                $crate::Response<$crate::private::Bytes>,
                $crate::Error<::core::convert::Infallible>,
            > {
                self.call.of(self.operation).raw_blocking()
            }

            /// Sends the call and waits for whatever is answered, with the body as it arrives: `Body::into_reader` reads
            /// it.
            ///
            /// # Errors
            /// Those of [`raw_stream`](Self::raw_stream); also when this thread belongs to an async runtime.
            pub fn raw_stream_blocking(
                self,
            ) -> ::core::result::Result<
                $crate::Response<$crate::Body>,
                $crate::Error<::core::convert::Infallible>,
            > {
                self.call.of(self.operation).raw_stream_blocking()
            }

            /// Sends the call, waits for the answer and reads a success as another type. An `ItemStream` is read by its
            /// `blocking`.
            ///
            /// # Errors
            /// Those of [`read_as`](Self::read_as); also when this thread belongs to an async runtime.
            pub fn read_as_blocking<T: $crate::ReadAs>(
                self,
            ) -> ::core::result::Result<$crate::Response<T>, $crate::Error<O::Failure>> {
                self.call.of(self.operation).read_as_blocking::<T>()
            }
        }
    };
}

/// The same names without the feature, for an error that says what to do.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! own_blocking_call {
    () => {
        impl<O: $crate::Operation> Call<'_, O> {
            #[doc(hidden)]
            pub fn send_blocking(
                self,
            ) -> ::core::result::Result<$crate::Response<O::Success>, $crate::Error<O::Failure>>
            where
                O: $crate::private::Blocking,
            {
                self.operation.never()
            }

            #[doc(hidden)]
            pub fn send_and_wait_blocking(
                self,
                _: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Failed, O::Failure>,
            >
            where
                O: $crate::private::Blocking,
            {
                self.operation.never()
            }

            #[doc(hidden)]
            pub fn wait_blocking(
                self,
                _: $crate::Polling,
            ) -> ::core::result::Result<
                $crate::Response<O::Success>,
                $crate::WaitError<$crate::Response<O::Success>, O::Failure>,
            >
            where
                O: $crate::Polled + $crate::private::Blocking,
            {
                self.operation.never()
            }

            #[doc(hidden)]
            pub fn raw_blocking(
                self,
            ) -> ::core::result::Result<
                $crate::Response<$crate::private::Bytes>,
                $crate::Error<::core::convert::Infallible>,
            >
            where
                O: $crate::private::Blocking,
            {
                self.operation.never()
            }

            #[doc(hidden)]
            pub fn raw_stream_blocking(
                self,
            ) -> ::core::result::Result<
                $crate::Response<$crate::Body>,
                $crate::Error<::core::convert::Infallible>,
            >
            where
                O: $crate::private::Blocking,
            {
                self.operation.never()
            }

            #[doc(hidden)]
            pub fn read_as_blocking<T: $crate::ReadAs>(
                self,
            ) -> ::core::result::Result<$crate::Response<T>, $crate::Error<O::Failure>>
            where
                O: $crate::private::Blocking,
            {
                self.operation.never()
            }
        }
    };
}
