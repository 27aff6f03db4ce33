namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>f_i(r) = ‖r − e_i‖²/2.</summary>
public sealed record OneHotLoss : OutputLoss
{
    /// <inheritdoc/>
    public override string Name => "one-hot";

    internal override bool IsQuadratic => true;

    internal override bool IsDiagonal => true;

    internal override double Value(int output, ReadOnlySpan<double> outputs)
    {
        var sum = 0.0;
        for (var k = 0; k < outputs.Length; k++)
            sum += (outputs[k] - (k == output ? 1 : 0)) * (outputs[k] - (k == output ? 1 : 0));
        return sum / 2;
    }

    internal override void Gradient(int output, ReadOnlySpan<double> outputs, Span<double> gradient)
    {
        outputs.CopyTo(gradient);
        gradient[output] -= 1;
    }

    internal override void Expect(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, OutputMoments moments)
    {
        var size = mean.Length;
        Gradient(output, mean, moments.Force);
        Array.Clear(moments.Curvature);
        covariance.CopyTo(moments.Noise);
        for (var k = 0; k < size; k++)
        {
            moments.Curvature[(k * size) + k] = 1;
            for (var j = 0; j < size; j++)
                moments.Noise[(k * size) + j] += moments.Force[k] * moments.Force[j];
        }

        moments.Risk = moments.NoiseTrace / 2;
    }
}
