namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>A predictor that is linear in the training labels: f(x) = s(x)·y. Trees choose s with the help of y; all others do not look at it.</summary>
internal abstract class Smoother
{
    /// <summary>Number n of training points.</summary>
    public abstract int Samples { get; }

    /// <summary>Writes s(x), whose length is n.</summary>
    /// <param name="x">The input, d features.</param>
    /// <param name="weights">Receives s(x).</param>
    public abstract void Weights(ReadOnlySpan<double> x, Span<double> weights);

    /// <summary>Predicts without s(x), from what was fitted: the independent check of the weights.</summary>
    /// <param name="x">The input, d features.</param>
    /// <param name="prediction">Receives one number per output.</param>
    public abstract void Predict(ReadOnlySpan<double> x, Span<double> prediction);
}
