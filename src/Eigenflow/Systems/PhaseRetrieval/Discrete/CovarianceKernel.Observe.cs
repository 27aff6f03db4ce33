using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <content>What is observed of a state: moments of quadratic forms and of the loss. Work O(d²).</content>
internal sealed partial class CovarianceKernel
{
    /// <summary>What one step adds to Var q by its own noise, (η²/B) bᵀ(E ggᵀ − E∇L∇Lᵀ)b, without the part of Σ in A.</summary>
    public double LinearNoise(in CovarianceStep step)
    {
        Gradients(step);
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), gradient = Row(Gradient);
        double square = 0, student = 0, teacher = 0, mean = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            square += rates[i] * along[i] * along[i];
            student += along[i] * tilt[i];
            teacher += along[i] * along[i];
            mean += gradient[i] * along[i];
        }

        var (a, b, c) = step.Second;
        return step.Gain * ((step.Intensity * square) + (16 * ((a * student * student) + (2 * b * student * teacher) + (c * teacher * teacher))) - (mean * mean));
    }

    /// <summary>Mean and variance of ‖y + a w*‖².</summary>
    public (double Mean, double Variance) SquaredDistance(double shift)
    {
        Span<double> mean = Row(Mean), teacher = Row(Teacher), shifted = Row(First);
        double square = 0, trace = 0, along = 0, product = 0;
        for (var i = 0; i < size; i++)
        {
            shifted[i] = mean[i] + (shift * teacher[i]);
            square += shifted[i] * shifted[i];
            trace += this[i, i];
        }

        for (var i = 0; i < size; i++)
        {
            along += shifted[i] * RowLoops.Dot(ref CovarianceRow(i), ref Ref(First), stride);
            product += RowLoops.Dot(ref CovarianceRow(i), ref CovarianceRow(i), stride);
        }

        return (square + trace, (4 * along) + (2 * product));
    }

    /// <summary>2 tr (QΣ)², the part of Var p that is of second order in Σ.</summary>
    public double TraceVariance()
    {
        var rates = Row(Rates);
        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            var row = covariance.Span.Slice(i * stride, size);
            var part = 0.0;
            for (var j = 0; j < size; j++)
                part += rates[j] * row[j] * row[j];
            sum += rates[i] * part;
        }

        return 2 * sum;
    }

    /// <summary>Variance of the loss by its first two chaoses: ḡᵀΣḡ + ½ tr(H̄Σ)² with the mean gradient and Hessian of a step.</summary>
    public double LossVariance(in CovarianceStep step)
    {
        Gradients(step);
        Directions(step);
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), first = Row(First), second = Row(Second), gradient = Row(Gradient);
        double linear = 0, quadratic = 0;
        for (var i = 0; i < size; i++)
        {
            linear += gradient[i] * RowLoops.Dot(ref CovarianceRow(i), ref Ref(Gradient), stride);

            // (HΣ)_ij (HΣ)_ji with HΣ = DΣ + r xᵀ + b zᵀ.
            var row = covariance.Span.Slice(i * stride, size);
            for (var j = 0; j < size; j++)
            {
                var (own, other) = (-4 * step.G * rates[i] * row[j], -4 * step.G * rates[j] * row[j]);
                quadratic += (own + (tilt[i] * first[j]) + (along[i] * second[j])) * (other + (tilt[j] * first[i]) + (along[j] * second[i]));
            }
        }

        return linear + (0.5 * quadratic);
    }
}
