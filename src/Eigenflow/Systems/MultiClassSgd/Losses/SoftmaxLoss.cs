namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>f_i(r) = ln Σ_j e^(r_j) − r_i.</summary>
public sealed record SoftmaxLoss : OutputLoss
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    internal override double Value(int output, ReadOnlySpan<double> outputs)
    {
        double largest = outputs[0], sum = 0;
        foreach (var value in outputs)
            largest = Math.Max(largest, value);
        foreach (var value in outputs)
            sum += Math.Exp(value - largest);
        return Math.Log(sum) + largest - outputs[output];
    }

    internal override void Gradient(int output, ReadOnlySpan<double> outputs, Span<double> gradient)
    {
        double largest = outputs[0], sum = 0;
        foreach (var value in outputs)
            largest = Math.Max(largest, value);
        for (var k = 0; k < outputs.Length; k++)
            sum += gradient[k] = Math.Exp(outputs[k] - largest);
        for (var k = 0; k < outputs.Length; k++)
            gradient[k] /= sum;
        gradient[output] -= 1;
    }

    internal override void Expect(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, OutputMoments moments) =>
        SoftmaxExpectation.Of(mean.Length).Expect(output, mean, covariance, moments);
}
