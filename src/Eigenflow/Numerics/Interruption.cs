namespace Eigenflow.Numerics;

/// <summary>
/// The token of the work that is being done, for loops that lie too deep to be handed one: dense products and factorisations, which problems make where they are first asked for. It flows into parallel loops.
/// What was interrupted throws <see cref="OperationCanceledException"/>; whoever keeps rows keeps those before.
/// </summary>
internal static class Interruption
{
    private static readonly AsyncLocal<CancellationToken> Ambient = new();

    /// <summary>The token; one that is never cancelled where none was set.</summary>
    public static CancellationToken Token => Ambient.Value;

    /// <summary>Ends the work where that was asked for. Takes some ten nanoseconds.</summary>
    /// <exception cref="OperationCanceledException">It was asked for.</exception>
    public static void Check() => Ambient.Value.ThrowIfCancellationRequested();

    /// <summary>Sets the token until the result is disposed. One that cannot be cancelled leaves that of the caller.</summary>
    /// <param name="cancellation">The token.</param>
    public static Scope By(CancellationToken cancellation) => new(cancellation.CanBeCanceled ? cancellation : Ambient.Value);

    /// <summary>Lets nothing interrupt what is done until the result is disposed, such as steps whose state is kept.</summary>
    public static Scope Never() => new(CancellationToken.None);

    /// <summary>Does work that a token ends.</summary>
    /// <param name="work">The work; interrupted parallel loops within it throw collections.</param>
    /// <param name="cancellation">The token.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static T During<T>(Func<T> work, CancellationToken cancellation)
    {
        using var scope = By(cancellation);
        try
        {
            return work();
        }
        catch (AggregateException exception) when (exception.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    /// <summary>Brings back the token of before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly CancellationToken before;

        internal Scope(CancellationToken now)
        {
            before = Ambient.Value;
            Ambient.Value = now;
        }

        /// <inheritdoc/>
        public void Dispose() => Ambient.Value = before;
    }
}
